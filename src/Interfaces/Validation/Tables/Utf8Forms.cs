using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Armature.Validation.Tables;

/// <summary>Forms of text, of UTF-8 bytes.</summary>
internal static class Utf8Forms
{
    private const int MaxEmailLength = 254; // RFC 5321, 4.5.3.1.3, less the two angle brackets.
    private const int MaxLabelLength = 63; // RFC 1034, 3.1.
    private const int UuidLength = 36;

    private static readonly SearchValues<byte> LocalPart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-"u8);
    private static readonly SearchValues<byte> Domain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    // RFC 3986: unreserved, reserved, and the percent sign of escapes.
    private static readonly SearchValues<byte> UriLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);
    private static readonly SearchValues<byte> SchemeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-."u8);

    public static bool Is(TextForm form, ReadOnlySpan<byte> text) => form switch
    {
        TextForm.Email => IsEmail(text),
        TextForm.Uri => IsUri(text),
        TextForm.Binary => Base64.IsValid(text),
        TextForm.Uuid => IsUuid(text),
        _ => true,
    };

    /// <summary>What browsers take (WHATWG), of at most 254 bytes.</summary>
    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        return at > 0 && text.Length <= MaxEmailLength && !text[..at].ContainsAnyExcept(LocalPart) && IsDomain(text[(at + 1)..]);
    }

    /// <summary>An absolute URI (RFC 3986): a scheme and allowed letters; with http and https also a host.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)text[0]) || text[..colon].ContainsAnyExcept(SchemeLetters) || text.ContainsAnyExcept(UriLetters))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        var isWeb = Ascii.EqualsIgnoreCase(text[..colon], "https"u8) || Ascii.EqualsIgnoreCase(text[..colon], "http"u8);
        return (!isWeb || HasHost(rest)) && AreEscapes(rest) && rest.Count((byte)'#') <= 1;
    }

    public static bool IsUuid(ReadOnlySpan<byte> text) =>
        text.Length == UuidLength && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
        && !text[..8].ContainsAnyExcept(Hex) && !text[9..13].ContainsAnyExcept(Hex) && !text[14..18].ContainsAnyExcept(Hex)
        && !text[19..23].ContainsAnyExcept(Hex) && !text[24..].ContainsAnyExcept(Hex);

    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        if (domain.ContainsAnyExcept(Domain))
        {
            return false;
        }

        while (true)
        {
            var dot = domain.IndexOf((byte)'.');
            var label = dot < 0 ? domain : domain[..dot];
            if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            domain = domain[(dot + 1)..];
        }
    }

    private static bool HasHost(ReadOnlySpan<byte> rest) => rest is [(byte)'/', (byte)'/', not ((byte)'/' or (byte)'?' or (byte)'#' or (byte)':'), ..];

    private static bool AreEscapes(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (at + 2 >= text.Length || text.Slice(at + 1, 2).ContainsAnyExcept(Hex))
            {
                return false;
            }

            text = text[(at + 3)..];
        }

        return true;
    }
}
