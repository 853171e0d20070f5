using System.Buffers;
using System.Text;

namespace Armature.Batching;

/// <summary>Packs entries, one after the other, into one buffer. Not thread-safe.</summary>
public sealed class EntryWriter : IBufferWriter<byte>
{
    private readonly List<int> _indices = [];
    private readonly List<EntryKind> _kinds = [];
    private readonly List<int> _ends = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Entries finished with <see cref="End"/>.</summary>
    public int Count => _indices.Count;

    /// <summary>Bytes written, with those of an entry that is not finished.</summary>
    public int WrittenBytes => _buffer.WrittenCount;

    /// <summary>Finishes the entry whose bytes were written since the last call.</summary>
    public void End(int index, EntryKind kind)
    {
        _indices.Add(index);
        _kinds.Add(kind);
        _ends.Add(_buffer.WrittenCount);
    }

    /// <summary>Adds a whole entry.</summary>
    public void Add(int index, EntryKind kind, ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        End(index, kind);
    }

    /// <summary>Adds the entry that names a blob.</summary>
    public void AddBlobName(int index, string blobName) => Add(index, EntryKind.Blob, Encoding.UTF8.GetBytes(blobName));

    /// <summary>The bytes of the entry that is being written.</summary>
    public ReadOnlyMemory<byte> Unfinished => _buffer.WrittenMemory[LastEnd..];

    /// <summary>Takes out all finished entries and starts anew. An unfinished entry's bytes are dropped.</summary>
    public PackedEntries Take()
    {
        var packed = new PackedEntries([.. _indices], [.. _kinds], [.. _ends], _buffer.WrittenSpan[..LastEnd].ToArray());
        _indices.Clear();
        _kinds.Clear();
        _ends.Clear();
        _buffer.ResetWrittenCount();
        return packed;
    }

    /// <summary>Forgets what was written since the last <see cref="End"/>.</summary>
    public void DropUnfinished()
    {
        var finished = LastEnd;
        if (finished == 0)
        {
            _buffer.ResetWrittenCount();
            return;
        }

        var kept = _buffer.WrittenSpan[..finished].ToArray();
        _buffer.ResetWrittenCount();
        _buffer.Write(kept);
    }

    /// <inheritdoc />
    public void Advance(int count) => _buffer.Advance(count);

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    private int LastEnd => _ends.Count == 0 ? 0 : _ends[^1];
}
