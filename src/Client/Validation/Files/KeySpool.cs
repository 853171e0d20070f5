using System.Buffers;
using System.Runtime.InteropServices;

namespace Armature.Validation.Files;

/// <summary>
/// All keys of a file by partition, in the order in which they were added. What is over <see cref="MaxHeldBytes"/> goes to a
/// temporary file: each partition is then a few pieces there.
/// </summary>
internal sealed class KeySpool(long maxHeldBytes = KeySpool.MaxHeldBytes) : IAsyncDisposable
{
    /// <summary>Bytes of keys in memory: 32 MiB, a little less than 1,398,101 keys.</summary>
    public const long MaxHeldBytes = 32 << 20;

    private readonly HeldKeys _held = new();
    private readonly List<(long Offset, int Count)>[] _pieces = [.. Enumerable.Range(0, KeyEntry.Partitions).Select(static _ => new List<(long, int)>())];
    private FileStream? _file;

    /// <summary>How many keys there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the keys of a chunk.</summary>
    public void Add(ReadOnlySpan<KeyEntry> keys)
    {
        Count += keys.Length;
        _held.Add(keys);
        if (_held.Bytes > maxHeldBytes)
        {
            Spill();
        }
    }

    /// <summary>How many keys a partition has.</summary>
    public int CountOf(int partition) => checked(_pieces[partition].Sum(static piece => piece.Count) + _held.CountOf(partition));

    /// <summary>Reads all keys of a partition.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="room">Where to: as many keys as <see cref="CountOf"/> says, or more.</param>
    public void Read(int partition, Span<KeyEntry> room)
    {
        foreach (var (offset, count) in _pieces[partition])
        {
            _file!.Position = offset;
            _file.ReadExactly(MemoryMarshal.AsBytes(room[..count]));
            room = room[count..];
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
            var count = _held.CountOf(partition);
            var piece = ArrayPool<KeyEntry>.Shared.Rent(count);
            _held.Read(partition, piece);
            _pieces[partition].Add((_file.Position, count));
            _file.Write(MemoryMarshal.AsBytes(piece.AsSpan(0, count)));
            ArrayPool<KeyEntry>.Shared.Return(piece);
        }

        _held.Clear();
    }
}
