using System.Buffers;
using System.Text;

namespace Armature.Batching;

/// <summary>Packs entries, one after the other, into one buffer, which is rented while there is something in it. Not thread-safe.</summary>
public sealed class EntryWriter : IBufferWriter<byte>
{
    private const int FirstBytes = 1024;

    private readonly List<int> _indices = [];
    private readonly List<EntryKind> _kinds = [];
    private readonly List<int> _ends = [];
    private byte[] _buffer = [];
    private int _written;

    /// <summary>Entries finished with <see cref="End"/>.</summary>
    public int Count => _indices.Count;

    /// <summary>Bytes written, with those of an entry that is not finished.</summary>
    public int WrittenBytes => _written;

    /// <summary>Finishes the entry whose bytes were written since the last call.</summary>
    public void End(int index, EntryKind kind)
    {
        _indices.Add(index);
        _kinds.Add(kind);
        _ends.Add(_written);
    }

    /// <summary>Adds a whole entry.</summary>
    public void Add(int index, EntryKind kind, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
        End(index, kind);
    }

    /// <summary>Adds the entry that names a blob.</summary>
    public void AddBlobName(int index, string blobName) => Add(index, EntryKind.Blob, Encoding.UTF8.GetBytes(blobName));

    /// <summary>Bytes of the entry that is being written.</summary>
    public int UnfinishedBytes => _written - LastEnd;

    /// <summary>Takes out all finished entries and starts anew. An unfinished entry's bytes are dropped.</summary>
    public PackedEntries Take()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(LastEnd);
        _buffer.AsSpan(0, LastEnd).CopyTo(bytes);
        var packed = new PackedEntries([.. _indices], [.. _kinds], [.. _ends], bytes);
        _indices.Clear();
        _kinds.Clear();
        _ends.Clear();
        _written = 0;
        Exchange([]);
        return packed;
    }

    /// <summary>Forgets what was written since the last <see cref="End"/>.</summary>
    public void DropUnfinished() => _written = LastEnd;

    /// <inheritdoc />
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _written);
        _written += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_written);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_written);
    }

    private int LastEnd => _ends.Count == 0 ? 0 : _ends[^1];

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _written >= bytes)
        {
            return;
        }

        var wanted = checked(_written + bytes);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, (int)Math.Min(Array.MaxLength, Math.Max(FirstBytes, 2L * _buffer.Length))));
        _buffer.AsSpan(0, _written).CopyTo(larger);
        Exchange(larger);
    }

    // A writer that is given up with something in it leaves its buffer to the collector.
    private void Exchange(byte[] buffer)
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }
}
