using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace Armature.Validation.Tables;

/// <summary>The quick looks at texts say what the thorough ones say.</summary>
public sealed partial class Utf8FormsTests
{
    private static readonly Gen<string> GenEmail =
        Gen.Select(Gen.String[Gen.Char["ab9Z.-_+"], 0, 4], Gen.OneOf("@", "@", "@", "", "@@", "ä@", "!@", "\0@"), Gen.String[Gen.Char["ab9Z.-"], 0, 6], Gen.OneOf("", "", "", "_", "{", "ä", "\0"), static (local, at, domain, end) => local + at + domain + end);

    private static readonly Gen<string> GenUri =
        Gen.Select(Gen.OneOf("https://", "http://", "HTTP://", "https:/", "urn:", ""), Gen.OneOf("", "a", "/", "?", "#", ":", "%"), Gen.String[Gen.Char["ab9Z.-_/:?#%@[ \"ä"], 0, 3], static (scheme, host, rest) => scheme + host + rest);

    private static readonly Gen<string> GenUuid =
        Gen.Select(Gen.OneOf("123e4567-e89b-12d3-a456-426614174000", "ABCDEF00-0000-1111-2222-9876543210fF"), Gen.Int[0, 36], Gen.OneOf("", "g", "G", "-", "0", "@", "`", "/", ":", "é"), Gen.Int[0, 2], static (uuid, at, put, cut) => uuid[..at] + put + uuid[Math.Min(uuid.Length, at + cut)..]);

    [Fact]
    public void IsUsualEmail_AnyText_TakesNoneThatIsNot() => GenEmail.Sample(text =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        return !Utf8Forms.IsUsualEmail(bytes) || Utf8Forms.IsAnyEmail(bytes);
    });

    [Fact]
    public void IsUsualEmail_UsualAddress_IsTaken() =>
        Gen.Select(Gen.String[Gen.Char["ab9Z"], 2, 20], Gen.String[Gen.Char["ab9Z.-_+"], 1, 20], Gen.String[Gen.Char["ab9Z"], 1, 9], Gen.String[Gen.Char["ab9Z"], 1, 9]).Sample((name, middle, company, country) =>
        {
            var address = Encoding.UTF8.GetBytes($"{name}{middle}@{company}-{name[..2]}.{country}");

            return Utf8Forms.IsUsualEmail(address) == address.Length <= 64;
        });

    [Fact]
    public void IsUsualUri_AnyText_TakesNoneThatIsNot() => GenUri.Sample(text =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        return !Utf8Forms.IsUsualUri(bytes) || Utf8Forms.IsAnyUri(bytes);
    });

    [Fact]
    public void IsUuid_AnyText_AsItsPatternSays() => GenUuid.Sample(text => Utf8Forms.IsUuid(Encoding.UTF8.GetBytes(text)) == Uuid().IsMatch(text));

    [Fact]
    public void ShortText_AnyBytes_HasABitForEach() => Gen.Byte.Array[0, 70].Sample(bytes =>
    {
        var isLoaded = ShortText.TryLoad(bytes, out var loaded);

        return isLoaded == bytes.Length is >= 4 and <= 64 && (!isLoaded
            || (loaded.LettersAndDigits() == BitsOf(bytes, static value => char.IsAsciiLetterOrDigit((char)value))
                && loaded.HexDigits() == BitsOf(bytes, static value => char.IsAsciiHexDigit((char)value))
                && loaded.Equal((byte)'-') == BitsOf(bytes, static value => value == '-')));
    });

    private static ulong BitsOf(byte[] bytes, Predicate<byte> isOne) =>
        bytes.Select((value, at) => isOne(value) ? 1UL << at : 0).Aggregate(0UL, static (all, bit) => all | bit);

    [GeneratedRegex("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\\z")]
    private static partial Regex Uuid();
}
