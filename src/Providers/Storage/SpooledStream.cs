namespace Armature.Storage;

/// <summary>A stream that can be read once, turned into a temporary file that can be sent again.</summary>
internal static class SpooledStream
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Reads the stream to its end. The file goes with the returned stream.</summary>
    public static async Task<Stream> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"armature-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            Unlink(file.Name);
            await content.CopyToAsync(file, BufferBytes, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Windows takes the file away with its process. Elsewhere an open file needs no name, and without one a killed process leaves nothing.
    private static void Unlink(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }
}
