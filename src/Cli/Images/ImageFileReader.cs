using System.Globalization;
using Armature.FileSystem;

namespace Armature.Images;

/// <summary>Reads a picture's file, within the limit on sources.</summary>
internal static class ImageFileReader
{
    /// <summary>The bytes of a file, and the file as it was before they were read. No bytes for what is no ordinary file.</summary>
    /// <exception cref="ImageException">The file is larger than the limit.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<(FileStamp Stamp, byte[] Bytes)> ReadAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path) ?? throw new FileNotFoundException($"There is no file '{path}'.");
        if (stamp.Length > maxBytes)
        {
            throw new ImageException(ImageErrorCodes.SourceTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"The file has {stamp.Length:N0} bytes; at most {maxBytes:N0} are read (Armature:Images:MaxSourceBytes)."));
        }

        // Pipes, sockets and devices have no length, and opening one can wait for ever.
        return (stamp, stamp.Length == 0 ? [] : await File.ReadAllBytesAsync(path, cancellationToken));
    }
}
