using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>What a column may be, by the cells seen so far.</summary>
internal sealed class ColumnGuess
{
    private const string Default = "default";

    private List<(string Type, string Format, ValueCheck Check)> _candidates =
    [
        Candidate(FieldTypes.Integer), Candidate(FieldTypes.Number), Candidate(FieldTypes.Boolean), Candidate(FieldTypes.Date), Candidate(FieldTypes.Time),
        Candidate(FieldTypes.DateTime), Candidate(FieldTypes.Text, "uuid"), Candidate(FieldTypes.Text, "email"), Candidate(FieldTypes.Text, "uri"), Candidate(FieldTypes.Text),
    ];

    private bool _hasValues;
    private bool _hasMissing;

    public void Add(ReadOnlySpan<byte> cell)
    {
        if (cell.Length == 0)
        {
            _hasMissing = true;
            return;
        }

        _hasValues = true;
        List<(string Type, string Format, ValueCheck Check)> left = [];
        foreach (var candidate in _candidates)
        {
            if (MayBe(candidate.Type, candidate.Check, cell))
            {
                left.Add(candidate);
            }
        }

        _candidates = left;
    }

    public void Write(string name, Utf8JsonWriter writer)
    {
        // Nothing is known of a column without values.
        var (type, format, _) = _hasValues ? _candidates[0] : _candidates[^1];
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", type);
        if (format != Default)
        {
            writer.WriteString("format", format);
        }

        if (_hasValues && !_hasMissing)
        {
            writer.WriteStartObject("constraints");
            writer.WriteBoolean("required", true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static bool MayBe(string type, ValueCheck check, ReadOnlySpan<byte> cell)
    {
        Span<byte> room = stackalloc byte[CellCheck.KeyRoom];
        return check.TryGetKeyOfValue(cell, room, out _) && type switch
        {
            FieldTypes.Integer or FieldTypes.Number => IsPlainNumber(cell),
            FieldTypes.Boolean => char.IsAsciiLetter((char)cell[0]),
            _ => true,
        };
    }

    // No plus, no zeros in front, no exponent, no more digits than are counted with: that would be a telephone number, a code or a key.
    private static bool IsPlainNumber(ReadOnlySpan<byte> cell)
    {
        var digits = cell[0] == '-' ? cell[1..] : cell;
        return digits.Length <= Numeral.SmallDigits && digits[0] is >= (byte)'0' and <= (byte)'9' && digits[^1] != '.'
            && !digits.ContainsAny((byte)'E', (byte)'e') && !(digits[0] == '0' && digits.Length > 1 && digits[1] != '.');
    }

    private static (string Type, string Format, ValueCheck Check) Candidate(string type, string format = Default)
    {
        var field = new FieldSpec { Name = "", Type = type, Format = format, Pointer = "" };
        return (type, format, FieldCompiler.Compile(field, new([], 0, field), new()));
    }
}
