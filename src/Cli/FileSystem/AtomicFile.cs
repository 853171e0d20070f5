namespace Armature.FileSystem;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes the bytes; a file of that name is replaced, and a missing folder is made.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = UnfinishedFile.Create(path);
        await file.Stream.WriteAsync(content, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await file.KeepAsync();
    }
}
