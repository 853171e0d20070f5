using Armature.CommandLine;

namespace Armature.FileSystem;

/// <summary>
/// Finds the files under the inputs. Folders are walked to the bottom; hidden entries are skipped unless they are
/// given by name; a folder that links lead to more than once is walked once.
/// </summary>
internal sealed class SourceWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly string _skippedFolder;
    private readonly List<SourceFile> _files = [];
    private readonly List<FailedPath> _failed = [];

    private SourceWalk(string skippedFolder) => _skippedFolder = skippedFolder;

    /// <summary>Walks the inputs in their order; the files of each come in the order of their names.</summary>
    /// <param name="inputs">Files and folders.</param>
    /// <param name="skippedFolder">A folder that is left out, whatever leads there: that of the outputs.</param>
    /// <exception cref="UsageException">An input does not exist.</exception>
    public static SourceList Walk(IReadOnlyList<string> inputs, string skippedFolder)
    {
        var walk = new SourceWalk(RealPath.Of(skippedFolder));
        foreach (var input in inputs.DistinctBy(RealPath.Of, RealPath.Comparer))
        {
            walk.AddInput(input);
        }

        return new SourceList(walk._files, walk._failed);
    }

    private void AddInput(string input)
    {
        if (File.Exists(input))
        {
            _files.Add(new SourceFile(input, Path.GetFileName(input)));
            return;
        }

        if (!Directory.Exists(input))
        {
            throw new UsageException($"'{input}' is no file or folder. Give pictures, or folders that hold them.");
        }

        var first = _files.Count;
        WalkFolder(input);
        _files.Sort(first, _files.Count - first, Comparer<SourceFile>.Create((a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath)));
    }

    private void WalkFolder(string input)
    {
        var walked = new HashSet<string>(RealPath.Comparer);

        // Links to folders wait until all real folders are walked, so that a file is found by its real path first.
        var folders = new Stack<(string Path, string Relative)>([(input, "")]);
        var links = new Queue<(string Path, string Relative)>();
        while (folders.TryPop(out var folder) || links.TryDequeue(out folder))
        {
            foreach (var entry in Open(folder.Path, walked))
            {
                var path = Path.Combine(folder.Path, entry.Name);
                var relative = Path.Combine(folder.Relative, entry.Name);
                if (!Has(entry, FileAttributes.Directory))
                {
                    _files.Add(new SourceFile(path, relative));
                }
                else if (entry.LinkTarget is null)
                {
                    folders.Push((path, relative));
                }
                else
                {
                    links.Enqueue((path, relative));
                }
            }
        }
    }

    private List<FileSystemInfo> Open(string folder, HashSet<string> walked)
    {
        try
        {
            var real = RealPath.Of(folder);
            return RealPath.Comparer.Equals(real, _skippedFolder) || !walked.Add(real)
                ? []
                : [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).Where(e => !IsHidden(e))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failed.Add(new FailedPath(folder, new ItemError(FileErrorCodes.Unreadable, $"The folder could not be read: {e.Message}")));
            return [];
        }
    }

    private static bool IsHidden(FileSystemInfo entry) =>
        entry.Name.StartsWith('.') || Has(entry, FileAttributes.Hidden);

    // What cannot be looked at, since its name is no valid text, has all attributes at once: it is a file that cannot be read.
    private static bool Has(FileSystemInfo entry, FileAttributes attribute) =>
        (int)entry.Attributes != -1 && entry.Attributes.HasFlag(attribute);
}
