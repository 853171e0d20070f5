using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Armature.Caching;

/// <summary>The lines of a stream, each in memory by itself. One that is too long is passed over.</summary>
internal static class TextLines
{
    /// <summary>Reads lines.</summary>
    /// <param name="stream">What they are read from; it is left open.</param>
    /// <param name="maxBytes">Bytes of a line.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each line without its end, or null for one that is too long, and the bytes read up to its end.</returns>
    public static async IAsyncEnumerable<(byte[]? Line, long ReadTo)> ReadAsync(
        Stream stream, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new(leaveOpen: true, bufferSize: 64 << 10));
        var (readTo, isTooLong) = (0L, false);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryCut(ref buffer, read.IsCompleted, out var line, out var length))
            {
                readTo += length;
                yield return (isTooLong || line.Length > maxBytes ? null : line.ToArray(), readTo);
                isTooLong = false;
            }

            if (read.IsCompleted)
            {
                break;
            }

            if (buffer.Length > maxBytes)
            {
                readTo += buffer.Length;
                buffer = buffer.Slice(buffer.End);
                isTooLong = true;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
    }

    // The last line may have no end.
    private static bool TryCut(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line, out long length)
    {
        line = buffer;
        length = buffer.Length;
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            length -= buffer.Length;
            return true;
        }

        if (!isLast || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }
}
