using System.Buffers.Binary;
using System.Text;

namespace Armature.Validation.Tables;

/// <summary>The rules of a column of lists: items of one type with a delimiter between them. An empty text is a list without items.</summary>
internal sealed class ListCheck : ValueCheck
{
    private readonly byte[] _delimiter;
    private readonly ValueCheck _items;
    private readonly int _typeRule;
    private readonly LengthRules _length;
    private byte[] _buffer = new byte[256];

    /// <param name="items">Reads an item.</param>
    /// <param name="field">The field.</param>
    /// <param name="rules">Takes the rules.</param>
    public ListCheck(ValueCheck items, FieldSpec field, ColumnRules rules)
        : base(field, rules)
    {
        _items = items;
        _delimiter = Encoding.UTF8.GetBytes(field.Delimiter);
        _typeRule = rules.Add(TableCodes.Type, $"must be a list of values of type {field.ItemType} with {field.Delimiter} between them.");
        _length = new(field, rules);
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (!TryRead(cell, out var count, out _))
        {
            sink.Break(_typeRule);
            return;
        }

        _length.Check(count, sink);
        CheckAllowed(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        var isList = TryRead(cell, out _, out var length);
        key = isList ? LongKey.Fit(_buffer.AsSpan(0, length), room) : default;
        return isList;
    }

    // The keys of the items, each with its length before it, are in the buffer afterwards.
    private bool TryRead(ReadOnlySpan<byte> cell, out int count, out int length)
    {
        Span<byte> room = stackalloc byte[KeyRoom];
        count = length = 0;
        while (cell.Length > 0 || count > 0)
        {
            var end = cell.IndexOf(_delimiter);
            if (!_items.TryGetKeyOfValue(end < 0 ? cell : cell[..end], room, out var key))
            {
                return false;
            }

            count++;
            Append(key, ref length);
            if (end < 0)
            {
                break;
            }

            cell = cell[(end + _delimiter.Length)..];
        }

        return true;
    }

    private void Append(ReadOnlySpan<byte> key, ref int length)
    {
        var needed = length + sizeof(int) + key.Length;
        if (_buffer.Length < needed)
        {
            Array.Resize(ref _buffer, needed * 2);
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(length), key.Length);
        key.CopyTo(_buffer.AsSpan(length + sizeof(int)));
        length = needed;
    }
}
