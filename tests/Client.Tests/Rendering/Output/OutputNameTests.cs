using CsCheck;

namespace Armature.Rendering.Output;

public sealed class OutputNameTests
{
    private const string Site = "/site";

    // Whatever a route may consist of, with all that has tempted programs out of their folder.
    private static readonly Gen<string> Segments = OneOf(
        "a", "A", "b.html", "index.html", "index", "feed.xml", "%2e%2e", "..", ".", "%2E", "%00", "%5c", "%2f", "..%5c", "con", "nul.txt", "COM1", "x.", "x%20",
        "größe", "%C3%A9", "e%CC%81", "%FF", "*", "a:b", "%3A", "%3Cscript%3E", "%7C", "404", "404.html", "sitemap.xml", ".well-known", "~", "$", new string('l', 250), new string('l', 300));

    private static readonly Gen<string> Routes =
        Gen.Select(Segments.Array[0, 4], Gen.Bool).Select((segments, slash) => "/" + string.Join('/', segments) + (slash ? "/" : ""));

    [Theory]
    [InlineData("/", "index.html", "index.html")]
    [InlineData("/about", "about/index.html", "about.html")]
    [InlineData("/a/b/", "a/b/index.html", "a/b.html")]
    [InlineData("/docs/v1.2", "docs/v1.2/index.html", "docs/v1.2.html")]
    [InlineData("/feed.xml", "feed.xml", "feed.xml")]
    [InlineData("/gr%C3%B6%C3%9Fe", "größe/index.html", "größe.html")]
    [InlineData("/404", "404.html", "404.html")]
    [InlineData("/.well-known/x", ".well-known/x/index.html", ".well-known/x.html")]
    public void FindProblem_GoodRoute_GivesItsFile(string route, string inFolders, string inFiles)
    {
        OutputName.FindProblem(route, PageLayout.Folders, "/404", out var folders).ShouldBeNull();
        OutputName.FindProblem(route, PageLayout.Files, "/404", out var files).ShouldBeNull();

        (folders, files).ShouldBe((inFolders, inFiles));
    }

    [Theory]
    [InlineData("/a?b=1", "query")]
    [InlineData("/nul", "device")]
    [InlineData("/x/COM1.txt", "device")]
    [InlineData("/x./y", "dot or a space")]
    [InlineData("/x%20/y", "dot or a space")]
    [InlineData("/x/a%3Ab", "character ':'")]
    [InlineData("/%C2%85", "control")]
    [InlineData("/%FF", "UTF-8")]
    public void FindProblem_RouteWithoutSafeName_SaysWhy(string route, string why) =>
        OutputName.FindProblem(route, PageLayout.Folders, "/404", out _).ShouldNotBeNull().ShouldContain(why);

    [Fact]
    public void FindProblem_AnyRoute_NeverLeavesTheFolder() =>
        Gen.Select(Routes, Gen.Enum<PageLayout>()).Sample((route, layout) =>
        {
            if (!RoutePath.TryNormalize(route, out var normalized) || OutputName.FindProblem(normalized, layout, "/404", out var path) is not null)
            {
                return;
            }

            Path.GetFullPath(Path.Combine(Site, path)).ShouldBe(Site + "/" + path);
            path.Split('/').ShouldAllBe(name => name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(name) <= 255);
        });

    [Fact]
    public void Claim_AnyRoutes_NoTwoShareAFileOrAFolder() =>
        Routes.Array[0, 12].Sample(routes =>
        {
            var plan = new SitePlan(new PreRenderOptions { Sitemap = true, Compress = true }, "/out", 100);

            plan.Add(routes.Select(route => new PlannedRoute(Rendering.Routes.FoundRoute.Of(route))));

            var written = plan.Pages.Where(page => page.Error is null).SelectMany(page => new[] { page.Path!, page.Path + ".br", page.Path + ".gz" }).Append("sitemap.xml").ToArray();
            var keys = written.ToHashSet(StringComparer.OrdinalIgnoreCase);
            keys.Count.ShouldBe(written.Length);
            keys.ShouldAllBe(key => !keys.Any(other => other.StartsWith(key + "/", StringComparison.OrdinalIgnoreCase)));
        });

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);
}
