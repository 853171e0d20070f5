using System.Buffers;

namespace Armature.Validation.Files;

/// <summary>
/// All keys of a file by partition, in the order in which chunks were added. What is over <see cref="MaxHeldBytes"/> goes to a
/// temporary file: each partition is then a few pieces there.
/// </summary>
internal sealed class KeySpool(long maxHeldBytes = KeySpool.MaxHeldBytes) : IAsyncDisposable
{
    /// <summary>Bytes of keys in memory: 32 MiB, 1,398,101 keys.</summary>
    public const long MaxHeldBytes = 32 << 20;

    private readonly ArrayBufferWriter<byte>[] _held = [.. Enumerable.Range(0, KeyEntry.Partitions).Select(static _ => new ArrayBufferWriter<byte>())];
    private readonly List<(long Offset, int Length)>[] _pieces = [.. Enumerable.Range(0, KeyEntry.Partitions).Select(static _ => new List<(long, int)>())];
    private FileStream? _file;
    private long _heldBytes;

    /// <summary>How many keys there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the keys of a chunk (<see cref="PackedKeys"/>).</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        var entries = PackedKeys.EntriesOf(packed);
        Count += entries.Length / KeyEntry.Size;
        var counts = PackedKeys.CountsOf(packed);
        for (var i = 0; i < counts.Length; i++)
        {
            var length = counts[i] * KeyEntry.Size;
            _held[i].Write(entries[..length]);
            entries = entries[length..];
            _heldBytes += length;
        }

        if (_heldBytes > maxHeldBytes)
        {
            Spill();
        }
    }

    /// <summary>Bytes of a partition's keys.</summary>
    public int LengthOf(int partition) => checked(_pieces[partition].Sum(static piece => piece.Length) + _held[partition].WrittenCount);

    /// <summary>Reads all keys of a partition.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="room">Where to: as many bytes as <see cref="LengthOf"/> says.</param>
    public void Read(int partition, Span<byte> room)
    {
        var held = _held[partition].WrittenSpan;
        foreach (var (offset, length) in _pieces[partition])
        {
            _file!.Position = offset;
            _file.ReadExactly(room[..length]);
            room = room[length..];
        }

        held.CopyTo(room);
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Spill()
    {
        _file ??= TemporaryFile.Create();
        _file.Position = _file.Length;
        for (var i = 0; i < _held.Length; i++)
        {
            _pieces[i].Add((_file.Position, _held[i].WrittenCount));
            _file.Write(_held[i].WrittenSpan);
            _held[i].ResetWrittenCount();
        }

        _heldBytes = 0;
    }
}
