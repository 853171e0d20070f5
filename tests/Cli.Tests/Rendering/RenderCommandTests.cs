using Armature.CommandLine;
using Armature.Rendering.Output;

namespace Armature.Rendering;

public sealed class RenderCommandTests
{
    private readonly ArmatureCommand _command = new();

    [Fact]
    public void Render_OnlySiteAndOut_TakesTheDefaults()
    {
        var arguments = Read("render", "dist/app", "--out", "public");

        (arguments.Site, arguments.OutputFolder, arguments.RoutesFile, arguments.SitemapFile, arguments.InputsFile, arguments.NotFoundRoute)
            .ShouldBe(("dist/app", "public", null, null, null, null));
        (arguments.Links, arguments.Layout, arguments.WritesSitemap, arguments.Compresses, arguments.Reuse, arguments.OnFailure)
            .ShouldBe((LinkFollowing.WithoutRoutes, PageLayout.Folders, false, false, PageReuse.ByInputs, FailurePublishing.PublishGood));
        var site = arguments.SiteOptions;
        (site.Origin, site.Adapter, site.Entry, site.PageTimeout, site.PagesPerSecond, site.MaxInFlight)
            .ShouldBe(("http://localhost", null, null, TimeSpan.FromSeconds(30), null, null));
    }

    [Fact]
    public void Render_EveryOption_IsRead()
    {
        var arguments = Read(
            "render", "dist", "-o", "public", "--routes", "r.txt", "--crawl", "--origin", "https://example.com", "--adapter", "Module", "--entry", "server/x.js", "--layout", "files",
            "--not-found", "/lost", "--sitemap-xml", "--compress", "--inputs", "i.json", "--force", "--all-or-nothing", "--rate", "2.5", "--max-in-flight", "7", "--page-timeout", "0.5");

        (arguments.RoutesFile, arguments.Links, arguments.Layout, arguments.NotFoundRoute, arguments.WritesSitemap, arguments.Compresses, arguments.InputsFile, arguments.Reuse, arguments.OnFailure)
            .ShouldBe(("r.txt", LinkFollowing.Always, PageLayout.Files, "/lost", true, true, "i.json", PageReuse.Never, FailurePublishing.KeepLastVersion));
        var site = arguments.SiteOptions;
        (site.Origin, site.Adapter, site.Entry, site.PageTimeout, site.PagesPerSecond, site.MaxInFlight)
            .ShouldBe(("https://example.com", SiteAdapter.Module, "server/x.js", TimeSpan.FromSeconds(0.5), 2.5, 7));
    }

    [Theory]
    [InlineData("render --out public", "DIST")]
    [InlineData("render dist", "--out")]
    [InlineData("render dist --out public --routes a --sitemap b", "--routes and --sitemap")]
    [InlineData("render dist --out public --sitemap-xml", "needs --origin")]
    [InlineData("render dist --out public --adapter vue", "angular, module")]
    [InlineData("render dist --out public --layout flat", "folders, files")]
    [InlineData("render dist --out public --rate 0", "0.01 to 1,000,000")]
    [InlineData("render dist --out public --max-in-flight many", "1 to 1,000,000")]
    [InlineData("render dist --out public --max-in-flight 1.5", "a whole number")]
    [InlineData("render dist --out public --page-timeout -1", "0.01 to 3,600")]
    public void Render_WhatIsWrong_IsSaid(string line, string why) =>
        _command.Parse(line).Errors.ShouldHaveSingleItem().Message.ShouldContain(why);

    private RenderArguments Read(params string[] line)
    {
        var parsed = _command.Parse(line);
        parsed.Errors.ShouldBeEmpty();
        return _command.Render.Read(parsed);
    }
}
