using Armature.CommandLine;
using Armature.FileSystem;

namespace Armature.Validation;

/// <summary>What is refused of the files of <c>armature validate</c> before anything is done.</summary>
internal static class ValidateFiles
{
    /// <summary>Opens the file.</summary>
    public static Stream Open(string file) =>
        file == ValidateArguments.StandardInput ? new CancellableStream(Console.OpenStandardInput()) : File.OpenRead(file);

    /// <exception cref="UsageException">A file that is to be read cannot be.</exception>
    public static void RefuseUnreadable(ValidateArguments arguments)
    {
        foreach (var path in arguments.Inputs)
        {
            if (Directory.Exists(path))
            {
                throw new UsageException($"'{path}' cannot be read: it is a folder. Give a file.");
            }

            try
            {
                File.OpenRead(path).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"'{path}' cannot be read: {e.Message}", e);
            }
        }
    }

    /// <exception cref="UsageException">An output is an input or no file, or two outputs are one.</exception>
    public static void RefuseSameFiles(ValidateArguments arguments)
    {
        var read = arguments.Inputs.ToLookup(RealPath.Of, RealPath.Comparer);
        var written = new HashSet<string>(RealPath.Comparer);
        foreach (var output in arguments.Outputs)
        {
            if (Directory.Exists(output) || Path.EndsInDirectorySeparator(output))
            {
                throw new UsageException($"The output '{output}' is a folder. Give a file.");
            }

            if (output == ValidateArguments.StandardInput || IsDevice(output))
            {
                throw new UsageException($"The output '{output}' is no file. Outputs are written beside their place and take it when they are whole: give a file.");
            }

            if (read.Contains(RealPath.Of(output)))
            {
                throw new UsageException($"The output '{output}' is an input. Inputs are never overwritten: give another file.");
            }

            if (!written.Add(RealPath.Of(output)))
            {
                throw new UsageException($"Two outputs are '{output}'. Give each a file of its own.");
            }
        }
    }

    // A device would be replaced by a file. Where a system has none of these folders, nothing lies in them.
    private static bool IsDevice(string path) =>
        new[] { Path.GetFullPath(path), RealPath.Of(path) }.Any(static real =>
            RealPath.IsWithin(real, "/proc") || (RealPath.IsWithin(real, "/dev") && !RealPath.IsWithin(real, "/dev/shm")));
}
