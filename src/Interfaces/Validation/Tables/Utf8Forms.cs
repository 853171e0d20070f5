using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
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
    private static readonly SearchValues<byte> UsualUriLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;="u8);
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
    public static bool IsEmail(ReadOnlySpan<byte> text) => IsUsualEmail(text) || IsAnyEmail(text);

    /// <summary>An absolute URI (RFC 3986): a scheme and allowed letters; with http and https also a host.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text) => IsUsualUri(text) || IsAnyUri(text);

    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        const ulong Hyphens = (1UL << 8) | (1UL << 13) | (1UL << 18) | (1UL << 23);
        return text.Length == UuidLength && ShortText.TryLoad(text, out var loaded)
            && loaded.Equal((byte)'-') == Hyphens && loaded.HexDigits() == (((1UL << UuidLength) - 1) & ~Hyphens);
    }

    /// <summary>An address of letters, digits and what else most of them have; false says nothing. For tests: what it takes, <see cref="IsAnyEmail"/> takes.</summary>
    internal static bool IsUsualEmail(ReadOnlySpan<byte> text)
    {
        if (!ShortText.TryLoad(text, out var loaded))
        {
            return false;
        }

        var at = loaded.Equal((byte)'@');
        var (letters, dots, hyphens) = (loaded.LettersAndDigits(), loaded.Equal((byte)'.'), loaded.Equal((byte)'-'));
        var local = at - 1;
        var domain = ~(at | local) & (ulong.MaxValue >> (64 - text.Length));
        var localLetters = letters | dots | hyphens | loaded.Equal((byte)'_') | loaded.Equal((byte)'+');

        // Before and behind what parts labels there is a letter or digit, so that no label is empty or has a hyphen at its ends.
        var parting = at | (dots & domain);
        var begins = parting << 1;
        var ends = ((dots & domain) >> 1) | (1UL << (text.Length - 1));
        return BitOperations.PopCount(at) == 1 && local != 0 && (local & ~localLetters) == 0
            && (domain & ~(letters | dots | hyphens)) == 0 && ((begins | ends) & ~letters) == 0;
    }

    /// <summary>See <see cref="IsEmail"/>.</summary>
    internal static bool IsAnyEmail(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        return at > 0 && text.Length <= MaxEmailLength && !text[..at].ContainsAnyExcept(LocalPart) && IsDomain(text[(at + 1)..]);
    }

    /// <summary>An address of the web without escapes and fragment; false says nothing. For tests: what it takes, <see cref="IsAnyUri"/> takes.</summary>
    internal static bool IsUsualUri(ReadOnlySpan<byte> text)
    {
        var host = text.StartsWith("https://"u8) ? 8 : text.StartsWith("http://"u8) ? 7 : text.Length;
        return host < text.Length && text[host] is not ((byte)'/' or (byte)'?' or (byte)':') && !text[host..].ContainsAnyExcept(UsualUriLetters);
    }

    /// <summary>See <see cref="IsUri"/>.</summary>
    internal static bool IsAnyUri(ReadOnlySpan<byte> text)
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
