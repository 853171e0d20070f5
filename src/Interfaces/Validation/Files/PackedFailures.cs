using System.Buffers;
using System.Buffers.Binary;

namespace Armature.Validation.Files;

/// <summary>Failures of a chunk as bytes: of each the record, line and rule in four bytes, the first row in eight, the length of the value in four, and the value.</summary>
internal sealed class PackedFailures
{
    private const int HeadBytes = 24;
    private const int NoValue = -1;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one.</summary>
    /// <param name="record">The record's place in the chunk.</param>
    /// <param name="line">Its line in the chunk, from 0.</param>
    /// <param name="rule">The rule's place.</param>
    /// <param name="firstRow">The row that has the same key first; 0 for none.</param>
    /// <param name="value">The value as UTF-8.</param>
    /// <param name="hasValue">False when there is none to tell.</param>
    public void Add(int record, int line, int rule, long firstRow, ReadOnlySpan<byte> value, bool hasValue)
    {
        var head = _bytes.GetSpan(HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head, record);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], line);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], rule);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], firstRow);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], hasValue ? value.Length : NoValue);
        _bytes.Advance(HeadBytes);
        if (hasValue)
        {
            _bytes.Write(value);
        }

        Count++;
    }

    /// <summary>All that was added, and begins anew.</summary>
    public byte[] Take()
    {
        var taken = _bytes.WrittenSpan.ToArray();
        _bytes.ResetWrittenCount();
        Count = 0;
        return taken;
    }

    /// <summary>Reads what <see cref="Take"/> gave.</summary>
    public static IEnumerable<PackedFailure> Read(ReadOnlyMemory<byte> packed)
    {
        while (!packed.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(packed.Span[20..]);
            var end = HeadBytes + Math.Max(0, length);
            yield return new(
                BinaryPrimitives.ReadInt32LittleEndian(packed.Span),
                BinaryPrimitives.ReadInt32LittleEndian(packed.Span[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(packed.Span[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(packed.Span[12..]),
                length == NoValue ? default(ReadOnlyMemory<byte>?) : packed[HeadBytes..end]);
            packed = packed[end..];
        }
    }
}
