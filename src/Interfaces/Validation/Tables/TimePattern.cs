using System.Text;

namespace Armature.Validation.Tables;

/// <summary>Dates and times by a pattern of strptime (Python and C), such as %d/%m/%Y, with English names.</summary>
internal sealed class TimePattern
{
    private readonly byte[] _pattern;
    private readonly bool _hasDate;
    private readonly bool _hasTime;

    private TimePattern(string pattern, string type)
    {
        _pattern = Encoding.UTF8.GetBytes(pattern);
        _hasDate = type != FieldTypes.Time;
        _hasTime = type != FieldTypes.Date;
    }

    /// <summary>Makes a pattern; null, with a reason, when it is none.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="type">The type of the field: a date has no time of day, and a time no date.</param>
    /// <param name="refusal">What is wrong.</param>
    public static TimePattern? Create(string pattern, string type, out string refusal)
    {
        var expanded = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                expanded.Append(pattern[i]);
                continue;
            }

            i++;
            if (i < pattern.Length && Expand(pattern[i]) is { } directives)
            {
                expanded.Append(directives);
                continue;
            }

            refusal = $"has {pattern.AsSpan(i - 1)}, which is not supported. Supported are %{string.Join(", %", TimeParts.Directives.AsEnumerable())}, %c, %D, %F, %R, %T, %x and %X.";
            return null;
        }

        refusal = "";
        return new(expanded.ToString(), type);
    }

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        var parts = new TimeParts();
        for (var i = 0; i < _pattern.Length; i++)
        {
            var letter = _pattern[i];
            if (letter == '%')
            {
                i++;
                if (!parts.TryTake(_pattern[i], ref text))
                {
                    return false;
                }
            }
            else if (IsSpace(letter))
            {
                var spaces = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
                spaces = spaces < 0 ? text.Length : spaces;
                if (spaces == 0)
                {
                    return false;
                }

                text = text[spaces..];
            }
            else if (text.Length > 0 && text[0] == letter)
            {
                text = text[1..];
            }
            else
            {
                return false;
            }
        }

        return text.Length == 0 && parts.TryMake(_hasDate, _hasTime, out value);
    }

    // What a directive stands for in the C locale; null when it is not known.
    private static string? Expand(char directive) => directive switch
    {
        'c' => "%a %b %d %H:%M:%S %Y",
        'x' or 'D' => "%m/%d/%y",
        'X' or 'T' => "%H:%M:%S",
        'R' => "%H:%M",
        'F' => "%Y-%m-%d",
        _ when TimeParts.Directives.Contains(directive, StringComparison.Ordinal) => $"%{directive}",
        _ => null,
    };

    private static bool IsSpace(byte letter) => letter is (byte)' ' or (byte)'\t';
}
