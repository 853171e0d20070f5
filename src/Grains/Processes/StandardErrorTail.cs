using System.Text;

namespace Armature.Processes;

/// <summary>Reads a child's standard error for as long as it lives, so that it never blocks, and keeps the end of it.</summary>
internal sealed class StandardErrorTail
{
    internal const int MaxBytes = 4096;

    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[MaxBytes];
    private long _written;

    internal async Task ReadAsync(Stream standardError, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        int read;
        while ((read = await standardError.ReadAsync(buffer, cancellationToken)) > 0)
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (var value in bytes)
            {
                _ring[_written++ % MaxBytes] = value;
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            var length = (int)Math.Min(_written, MaxBytes);
            var tail = new byte[length];
            for (var i = 0; i < length; i++)
            {
                tail[i] = _ring[(_written - length + i) % MaxBytes];
            }

            return Encoding.UTF8.GetString(tail).Trim();
        }
    }
}
