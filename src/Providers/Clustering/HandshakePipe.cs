using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Armature.Clustering;

/// <summary>Reads and writes the handshake's messages, which all have a fixed length.</summary>
internal static class HandshakePipe
{
    /// <summary>Reads so many bytes and leaves all after them; null when the connection ended before.</summary>
    public static async ValueTask<byte[]?> ReadExactlyAsync(this PipeReader input, int length, CancellationToken cancellationToken)
    {
        if (await TryReadAsync(input, length, cancellationToken).ConfigureAwait(false) is not { } read)
        {
            return null;
        }

        if (read.Buffer.Length < length)
        {
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return null;
        }

        var message = read.Buffer.Slice(0, length).ToArray();
        input.AdvanceTo(read.Buffer.GetPosition(length));
        return message;
    }

    private static async ValueTask<ReadResult?> TryReadAsync(PipeReader input, int length, CancellationToken cancellationToken)
    {
        try
        {
            return await input.ReadAtLeastAsync(length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ConnectionAbortedException)
        {
            return null;
        }
    }
}
