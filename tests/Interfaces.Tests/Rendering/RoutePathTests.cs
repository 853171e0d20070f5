using CsCheck;

namespace Armature.Rendering;

public sealed class RoutePathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("about", "/about")]
    [InlineData("/products/1?tab=2&q=%2F", "/products/1?tab=2&q=%2F")]
    [InlineData("/größe", "/gr%C3%B6%C3%9Fe")]
    [InlineData("/🌍", "/%F0%9F%8C%8D")]
    [InlineData("/a/.../b", "/a/.../b")]
    [InlineData("/a/:id", "/a/:id")]
    [InlineData("/search?next=//evil.example", "/search?next=//evil.example")]
    public void Normalize_Path_IsTaken(string route, string expected) => RoutePath.Normalize(route).ShouldBe(expected);

    [Theory]
    [InlineData("//evil.example", "another host")]
    [InlineData("/a//b", "another host")]
    [InlineData("/\\evil.example", "backslash")]
    [InlineData("\\\\evil.example", "backslash")]
    [InlineData("https://evil.example/", "another host")]
    [InlineData("javascript:alert(1)", "scheme")]
    [InlineData("/%2F/evil.example", "%2F")]
    [InlineData("/%5cevil.example", "%5c")]
    [InlineData("/a%00b", "%00")]
    [InlineData("/a%0d%0aSet-Cookie", "%0d")]
    [InlineData("/..", "'..'")]
    [InlineData("/a/../b", "'..'")]
    [InlineData("/a/%2e%2e/b", "'..'")]
    [InlineData("/a/.%2E/b", "'..'")]
    [InlineData("/./a", "'..'")]
    [InlineData("/a#b", "fragment")]
    [InlineData("/a b", "%20")]
    [InlineData("/a\tb", "control")]
    [InlineData("/a\u007f", "control")]
    [InlineData("/100%", "%25")]
    [InlineData("/%zz", "%25")]
    [InlineData("/a<b>", "percent-encoded")]
    public void Normalize_SomethingElse_IsRefusedWithWords(string route, string words)
    {
        var refused = Should.Throw<RenderException>(() => RoutePath.Normalize(route));

        refused.Code.ShouldBe(RenderErrorCodes.RouteInvalid);
        refused.Message.ShouldContain(words);
        RoutePath.TryNormalize(route, out _).ShouldBeFalse();
    }

    [Fact]
    public void Normalize_HalfASurrogatePair_IsRefused() =>
        Should.Throw<RenderException>(() => RoutePath.Normalize("/a\ud800b")).Message.ShouldContain("surrogate");

    [Fact]
    public void Normalize_TooLong_IsRefused()
    {
        RoutePath.Normalize("/" + new string('a', RoutePath.MaxLength - 1)).Length.ShouldBe(RoutePath.MaxLength);

        Should.Throw<RenderException>(() => RoutePath.Normalize("/" + new string('a', RoutePath.MaxLength))).Message.ShouldContain("2,048");
        Should.Throw<RenderException>(() => RoutePath.Normalize("/" + new string('ö', 1000))).Message.ShouldContain("2,048");
    }

    [Fact]
    public void Normalize_AnythingThatIsTaken_StaysOnTheSite() =>
        Gen.Char["/\\.%25cCfFeE?#:@ab\0 öx"].Array[0, 12].Select(chars => new string(chars)).Sample(
            route =>
            {
                if (!RoutePath.TryNormalize(route, out var normalized))
                {
                    return;
                }

                // Whoever joins it with the origin gets a URL of this origin, whose path has no way up.
                var url = new Uri(new Uri("https://shop.example"), normalized);
                url.Host.ShouldBe("shop.example");
                url.Scheme.ShouldBe("https");
                url.AbsolutePath.ShouldStartWith("/");
                Uri.UnescapeDataString(normalized.Split('?')[0]).Split('/').ShouldNotContain("..");
                RoutePath.Normalize(normalized).ShouldBe(normalized);
            },
            iter: 100_000);
}
