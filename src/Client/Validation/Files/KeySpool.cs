using System.Buffers;

namespace Armature.Validation.Files;

/// <summary>
/// All keys of a file by partition, in the order in which chunks were added. What is over <see cref="MaxHeldBytes"/> goes to a
/// temporary file: each partition is then a few pieces there.
/// </summary>
internal sealed class KeySpool(long maxHeldBytes = KeySpool.MaxHeldBytes) : IAsyncDisposable
{
    /// <summary>Bytes of keys in memory: 32 MiB, a little less than 1,398,101 keys.</summary>
    public const long MaxHeldBytes = 32 << 20;

    private readonly HeldKeys _held = new();
    private readonly List<(long Offset, int Length)>[] _pieces = [.. Enumerable.Range(0, KeyEntry.Partitions).Select(static _ => new List<(long, int)>())];
    private FileStream? _file;

    /// <summary>How many keys there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the keys of a chunk (<see cref="PackedKeys"/>).</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        var count = PackedKeys.EntriesOf(packed).Length / KeyEntry.Size;
        if (count == 0)
        {
            return;
        }

        Count += count;
        _held.Add(packed);
        if (_held.Bytes > maxHeldBytes)
        {
            Spill();
        }
    }

    /// <summary>Bytes of a partition's keys.</summary>
    public int LengthOf(int partition) => checked(_pieces[partition].Sum(static piece => piece.Length) + _held.LengthOf(partition));

    /// <summary>Reads all keys of a partition.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="room">Where to: as many bytes as <see cref="LengthOf"/> says.</param>
    public void Read(int partition, Span<byte> room)
    {
        foreach (var (offset, length) in _pieces[partition])
        {
            _file!.Position = offset;
            _file.ReadExactly(room[..length]);
            room = room[length..];
        }

        _held.Read(partition, room);
    }

    public ValueTask DisposeAsync()
    {
        _held.Dispose();
        return _file?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void Spill()
    {
        _file ??= TemporaryFile.Create();
        _file.Position = _file.Length;
        for (var partition = 0; partition < _pieces.Length; partition++)
        {
            var length = _held.LengthOf(partition);
            var piece = ArrayPool<byte>.Shared.Rent(length);
            _held.Read(partition, piece);
            _pieces[partition].Add((_file.Position, length));
            _file.Write(piece, 0, length);
            ArrayPool<byte>.Shared.Return(piece);
        }

        _held.Clear();
    }
}
