namespace Armature.FileSystem;

/// <summary>
/// Writes a file whole or not at all: into a hidden file of the same folder, which then takes the name.
/// What a killed process leaves behind is hidden and is never taken for an output or an input.
/// </summary>
internal static class AtomicFile
{
    /// <summary>How the names of unfinished files begin.</summary>
    public const string UnfinishedPrefix = ".armature-unfinished-";

    /// <summary>Writes the bytes; a file of that name is replaced, and a missing folder is made.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, UnfinishedPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(unfinished, content, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
