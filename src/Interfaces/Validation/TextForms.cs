using System.Buffers;
using System.Globalization;
using System.Text;

namespace Armature.Validation;

/// <summary>Forms of text.</summary>
internal static class TextForms
{
    private const int MaxEmailLength = 254; // RFC 5321, 4.5.3.1.3, less the two angle brackets.
    private const int MaxLabelLength = 63; // RFC 1034, 3.1.

    private static readonly SearchValues<char> LocalPart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-");
    private static readonly SearchValues<char> Label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly string[] TimeForms = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    // Of the letters T and Z, RFC 3339 allows small ones too; ISO 8601 does not.
    private static readonly string[] DateTimeForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static bool IsEmail(string text)
    {
        var at = text.AsSpan().IndexOf('@');
        return at > 0 && text.Length <= MaxEmailLength && !text.AsSpan(0, at).ContainsAnyExcept(LocalPart) && IsDomain(text.AsSpan(at + 1));
    }

    public static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    public static bool IsAlpha(string text) => text.Length > 0 && All(text, Rune.IsLetter);

    public static bool IsAlphaNumeric(string text) => text.Length > 0 && All(text, Rune.IsLetterOrDigit);

    public static bool IsNumeric(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        var point = digits.IndexOf('.');
        return point < 0 ? AreDigits(digits) : AreDigits(digits[..point]) && AreDigits(digits[(point + 1)..]);
    }

    public static bool IsTime(string text) => TimeOnly.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && !text.EndsWith('.');

    public static bool IsDateTime(string text) =>
        DateTimeOffset.TryParseExact(text, DateTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
        && (text.EndsWith('Z') || text[^6] is '+' or '-');

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(Label))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool All(string text, Func<Rune, bool> isAllowed)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!isAllowed(rune))
            {
                return false;
            }
        }

        return true;
    }
}
