using System.Text;

namespace Armature.Validation.Tables;

/// <summary>How the numbers of a field are written. For one thread at a time: it holds a buffer.</summary>
internal sealed class NumberForm(FieldSpec field)
{
    private readonly bool _isInteger = field.Type == FieldTypes.Integer;
    private readonly bool _isBare = field.IsBareNumber;
    private readonly bool _isPlain = field.GroupChar is null && field.DecimalChar == ".";
    private readonly bool _isSmallPlain = field.IsBareNumber && field.GroupChar is null && field.DecimalChar == ".";
    private readonly byte[] _point = Encoding.UTF8.GetBytes(field.DecimalChar);
    private readonly byte[] _group = Encoding.UTF8.GetBytes(field.GroupChar ?? "");
    private byte[] _buffer = new byte[64];

    /// <summary>Reads a cell. The number is valid up to the next call.</summary>
    public bool TryRead(ReadOnlySpan<byte> cell, out Numeral value)
    {
        var text = _isBare ? cell : Strip(cell);
        return _isPlain ? TryReadPlain(text, out value) : TryReadMarked(text, out value);
    }

    /// <summary>Reads a cell with a number of few digits that is written plainly; false says nothing. <see cref="TryRead"/> reads it as the same number.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="digits">Its digits without the point, with its sign.</param>
    /// <param name="scale">How many of them are decimals.</param>
    public bool TryReadSmall(ReadOnlySpan<byte> cell, out long digits, out int scale)
    {
        (digits, scale) = (0, 0);
        if (!_isSmallPlain)
        {
            return false;
        }

        return _isInteger ? SmallNumber.TryReadInteger(cell, out digits) : SmallNumber.TryRead(cell, out digits, out scale);
    }

    /// <summary>Reads a number that is written as JSON writes numbers.</summary>
    public bool TryReadPlain(ReadOnlySpan<byte> text, out Numeral value) => _isInteger ? Numeral.TryReadInteger(text, out value) : Numeral.TryRead(text, out value);

    private bool TryReadMarked(ReadOnlySpan<byte> text, out Numeral value)
    {
        if (_buffer.Length < text.Length)
        {
            _buffer = new byte[text.Length * 2];
        }

        var length = 0;
        var isFraction = false;
        for (var i = 0; i < text.Length;)
        {
            var rest = text[i..];
            if (_group.Length > 0 && !isFraction && rest.StartsWith(_group) && IsDigitAt(text, i - 1) && IsDigitAt(text, i + _group.Length))
            {
                i += _group.Length;
            }
            else if (!isFraction && rest.StartsWith(_point))
            {
                isFraction = true;
                _buffer[length++] = (byte)'.';
                i += _point.Length;
            }
            else if (text[i] == '.')
            {
                value = default;
                return false;
            }
            else
            {
                _buffer[length++] = text[i++];
            }
        }

        return TryReadPlain(_buffer.AsSpan(0, length), out value);
    }

    // What is before and after the number goes: "EUR 95", "95 %". NaN and INF have no digits and stay.
    private ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> cell)
    {
        var last = cell.LastIndexOfAnyInRange((byte)'0', (byte)'9');
        if (last < 0)
        {
            return cell;
        }

        var first = 0;
        while (!IsDigitAt(cell, first) && cell[first] is not ((byte)'-' or (byte)'+') && !(cell[first..].StartsWith(_point) && IsDigitAt(cell, first + _point.Length)))
        {
            first++;
        }

        return cell[first..(last + 1)];
    }

    private static bool IsDigitAt(ReadOnlySpan<byte> text, int place) => (uint)place < (uint)text.Length && text[place] is >= (byte)'0' and <= (byte)'9';
}
