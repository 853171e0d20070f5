using System.Text;
using System.Text.RegularExpressions;

namespace Armature.Validation.Tables;

/// <summary>
/// A regular expression as XML Schema writes them (part 2, appendix F): a value must match as a whole. One thread at a time: it holds a
/// buffer, and threads that share an expression wait for it.
/// </summary>
internal sealed class XmlPattern
{
    /// <summary>Characters of a pattern: one of parentheses alone takes a minute to be made when it has some hundred thousand.</summary>
    private const int MaxLength = 4_096;

    private readonly Regex _expression;
    private char[] _buffer = new char[256];

    private XmlPattern(Regex expression) => _expression = expression;

    /// <summary>Makes a pattern; null, with a reason, when it is none.</summary>
    public static XmlPattern? Create(string pattern, out string refusal)
    {
        if (pattern.Length > MaxLength)
        {
            refusal = $"has {pattern.Length:N0} characters; {MaxLength:N0} are allowed.";
            return null;
        }

        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        try
        {
            // First alone: what is put around it could make something else of a stray parenthesis.
            var translated = Translate(pattern);
            _ = new Regex(translated, Options);
            refusal = "";
            return new(new(@$"\A(?:{translated})\z", Options));
        }
        catch (NotSupportedException exception)
        {
            refusal = $"cannot be searched in linear time, as it looks around or back or repeats too much: {exception.Message}";
        }
        catch (ArgumentException exception)
        {
            refusal = $"is not a regular expression: {exception.Message}";
        }

        return null;
    }

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (_buffer.Length < text.Length)
        {
            _buffer = new char[text.Length * 2];
        }

        return _expression.IsMatch(_buffer.AsSpan(0, Encoding.UTF8.GetChars(text, _buffer)));
    }

    // \i and \c (the letters of XML names) are the only escapes that .NET does not know. Its \d, \w, \s and classes of Unicode are much the same.
    private static string Translate(string pattern)
    {
        if (!pattern.Contains(@"\i", StringComparison.OrdinalIgnoreCase) && !pattern.Contains(@"\c", StringComparison.OrdinalIgnoreCase))
        {
            return pattern;
        }

        var translated = new StringBuilder();
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '\\' || i + 1 == pattern.Length)
            {
                isInClass = pattern[i] == '[' || (isInClass && pattern[i] != ']');
                translated.Append(pattern[i]);
                continue;
            }

            i++;
            translated.Append(pattern[i] switch
            {
                'i' => isInClass ? @"\p{L}_:" : @"[\p{L}_:]",
                'c' => isInClass ? @"\p{L}\p{M}\p{Nd}_:.\-·" : @"[\p{L}\p{M}\p{Nd}_:.\-·]",
                'I' when !isInClass => @"[^\p{L}_:]",
                'C' when !isInClass => @"[^\p{L}\p{M}\p{Nd}_:.\-·]",
                'I' or 'C' => throw new ArgumentException($@"\{pattern[i]} is not supported within brackets."),
                var letter => $@"\{letter}",
            });
        }

        return translated.ToString();
    }
}
