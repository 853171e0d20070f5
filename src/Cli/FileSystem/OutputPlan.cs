using Armature.CommandLine;

namespace Armature.FileSystem;

/// <summary>Which file is written where, decided before anything is read or written.</summary>
internal sealed class OutputPlan
{
    private const int NamedInMessage = 5;

    private OutputPlan(IReadOnlyList<PlannedFile> files, IReadOnlyList<FailedPath> failed)
    {
        Files = files;
        Failed = failed;
    }

    /// <summary>The files to work on.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>Files whose outputs would be written by more than one of them.</summary>
    public IReadOnlyList<FailedPath> Failed { get; }

    /// <summary>Plans the outputs of all files.</summary>
    /// <exception cref="UsageException">Two inputs hold the same relative path, or an output would replace an input.</exception>
    public static OutputPlan Create(IReadOnlyList<SourceFile> sources, string outputFolder, IReadOnlyList<OutputFormat> formats)
    {
        RefuseEqualRelativePaths(sources);
        var planned = sources.Select(source => new PlannedFile(source, OutputsOf(source, formats))).ToList();
        RefuseOutputsThatAreInputs(planned, outputFolder);

        var conflicts = OutputConflicts.Find(planned);
        var failed = planned.Where(conflicts.ContainsKey).Select(file => new FailedPath(file.Source.Path, conflicts[file]));
        return new OutputPlan([.. planned.Where(file => !conflicts.ContainsKey(file))], [.. failed]);
    }

    private static string[] OutputsOf(SourceFile source, IReadOnlyList<OutputFormat> formats)
    {
        var folder = Path.GetDirectoryName(source.RelativePath) ?? "";
        var name = Path.GetFileName(source.RelativePath);
        return [.. formats.Select(format => Path.Combine(formats.Count > 1 ? format.Name : "", folder, format.FileName(name)))];
    }

    private static void RefuseEqualRelativePaths(IReadOnlyList<SourceFile> sources)
    {
        var equal = sources.GroupBy(source => source.RelativePath, RealPath.Comparer).Where(group => group.Count() > 1).ToList();
        if (equal.Count == 0)
        {
            return;
        }

        var named = equal.Take(NamedInMessage).Select(group => string.Join(" and ", group.Select(source => $"'{source.Path}'")));
        throw new UsageException(
            $"{equal.Count:N0} outputs would be written by more than one input: {string.Join("; ", named)}{(equal.Count > NamedInMessage ? "; ..." : "")}. "
            + "Run them apart, each with its own --out, or give the folder above them.");
    }

    private static void RefuseOutputsThatAreInputs(List<PlannedFile> planned, string outputFolder)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var inputs = planned.Select(file => Real(file.Source.Path)).ToHashSet(RealPath.Comparer);
        var replaced = planned.SelectMany(file => file.Outputs).Select(output => Path.Combine(outputFolder, output)).FirstOrDefault(path => inputs.Contains(Real(path)));
        if (replaced is not null)
        {
            throw new UsageException($"The output '{replaced}' would replace an input. Give an --out that holds none of the inputs.");
        }

        // The name itself is not followed: an output takes the place of a link and leaves its target alone.
        string Real(string path)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (!folders.TryGetValue(folder, out var real))
            {
                folders.Add(folder, real = RealPath.Of(folder));
            }

            return Path.Combine(real, Path.GetFileName(path));
        }
    }
}
