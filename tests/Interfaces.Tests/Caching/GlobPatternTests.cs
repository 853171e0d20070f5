using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace Armature.Caching;

public sealed class GlobPatternTests
{
    private static readonly Gen<string> GenKey = Gen.OneOf("a", "a", "b", "é", "\U0001F600", "-", ":").Array[0, 12].Select(string.Concat);

    // A part of a pattern beside what a regular expression writes for it.
    private static readonly Gen<(string Glob, string Regex)> GenPart = Gen.OneOf(
        ("*", ".*"),
        ("?", Character),
        ("a", "a"),
        ("ab", "ab"),
        ("é", "é"),
        ("\U0001F600", "\U0001F600"),
        ("\\*", "\\*"),
        ("\\a", "a"),
        ("[ab]", "[ab]"),
        ("[a-c]", "[a-c]"),
        ("[c-a]", "[a-c]"),
        ("[^a-c]", $"(?![a-c]){Character}"),
        ("[^\\]é]", $"(?![\\]é]){Character}"),
        ("[b-]", "[b\\-]"),
        ("[é\U0001F600]", "(é|\U0001F600)"));

    private const string Character = "([\uD800-\uDBFF][\uDC00-\uDFFF]|[^\uD800-\uDFFF])";

    [Fact]
    public void IsMatch_AnyPatternAndKey_SaysWhatARegularExpressionSays()
    {
        Gen.Select(GenPart.Array[1, 8], GenKey).Sample((parts, key) =>
        {
            var glob = string.Concat(parts.Select(part => part.Glob));
            var regex = $"^{string.Concat(parts.Select(part => part.Regex))}$";

            Matches(glob, key).ShouldBe(Regex.IsMatch(key, regex, RegexOptions.Singleline), $"{glob} on {key}");
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("h?llo", "hello", true)]
    [InlineData("h?llo", "hllo", false)]
    [InlineData("h*llo", "heeeello", true)]
    [InlineData("h[ae]llo", "hillo", false)]
    [InlineData("h[^e]llo", "hallo", true)]
    [InlineData("h[^e]llo", "hello", false)]
    [InlineData("h[a-b]llo", "hbllo", true)]
    [InlineData("session:*", "session:", true)]
    [InlineData("session:*", "Session:1", false)]
    [InlineData("?", "é", true)]
    [InlineData("??", "é", false)]
    [InlineData("*a", "ab", false)]
    [InlineData("a*b*", "axbx", true)]
    public void IsMatch_PatternOfTheRedisManual_MatchesAsThere(string pattern, string key, bool expected) =>
        Matches(pattern, key).ShouldBe(expected);

    [Fact]
    public void IsMatch_ManyStarsThatAlmostMatch_TriesNoneOfThemTwice()
    {
        // With all ways tried this would not end: there are more of them than atoms on earth.
        var pattern = string.Concat(Enumerable.Repeat("*a", 500));

        Matches(pattern, new string('a', 1_000) + "b").ShouldBeFalse();
        Matches(pattern, new string('a', 1_000)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "The pattern of all keys is '*'")]
    [InlineData("a[bc", "The '[' at character 1 of the pattern 'a[bc' is not closed")]
    [InlineData("a[", "is not closed")]
    [InlineData("[^", "is not closed")]
    [InlineData("[a-", "is not closed")]
    [InlineData("[a\\", "is not closed")]
    [InlineData("[a-\\", "is not closed")]
    [InlineData("[]", "is empty")]
    [InlineData("[^]", "is empty")]
    [InlineData("abc\\", "ends with a backslash")]
    public void Parse_NoPattern_SaysWhatIsWrong(string pattern, string message) =>
        Should.Throw<FormatException>(() => GlobPattern.Parse(pattern)).Message.ShouldContain(message);

    [Fact]
    public void Parse_TooLong_SaysTheLimit()
    {
        Should.Throw<FormatException>(() => GlobPattern.Parse(new('a', 1_025))).Message.ShouldContain("1 to 1024 characters; this one has 1025");
        GlobPattern.Parse(new('a', 1_024)).Text.Length.ShouldBe(1_024);
    }

    private static bool Matches(string pattern, string key) => GlobPattern.Parse(pattern).IsMatch(Encoding.UTF8.GetBytes(key));
}
