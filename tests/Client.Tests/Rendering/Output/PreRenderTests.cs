using Armature.Rendering.Routes;
using Armature.Testing;
using CsCheck;

namespace Armature.Rendering.Output;

public sealed class PreRenderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("site");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PreRender_SomeRoutes_WritesAPageForEach()
    {
        var site = new FakeSite().Page("/", "home").Page("/a", "A").Redirect("/old", "/a?x=1&y=2").Page("/404", "lost", 404);

        var stats = await site.PreRenderAsync(Output, Options("/", "/a", "/old", "/404"), TestContext.Current.CancellationToken);

        var files = SiteFiles.Read(Output);
        files.Keys.ShouldBe(["404.html", "a/index.html", "index.html", "old/index.html"]);
        files["a/index.html"].ShouldBe("A");
        files["old/index.html"].ShouldContain("content=\"0; url=/a?x=1&amp;y=2\"");
        (stats.PagesRendered, stats.Redirects, stats.FailedCount, stats.Version).ShouldBe((4, 1, 0, SiteFiles.Versions(Output).ShouldHaveSingleItem()));
        stats.Bundle.ShouldBe(site.Bundle);
    }

    [Fact]
    public async Task PreRender_BadPages_AreReportedAndTheGoodOnesPublished()
    {
        var site = new FakeSite().Page("/", "home").Fail("/bad").Page("/gone", "", 404).Page("/error", "", 500).Redirect("/evil", "javascript:alert(1)");

        var stats = await site.PreRenderAsync(Output, Options("/", "/bad", "/gone", "/error", "/evil", "//evil", "/a?b"), TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["index.html"]);
        stats.Failed.Select(page => (page.Route, page.Code)).ShouldBe(
        [
            ("//evil", RenderErrorCodes.RouteInvalid), ("/a?b", RenderErrorCodes.OutputName), ("/bad", RenderErrorCodes.PageFailed),
            ("/error", RenderErrorCodes.PageStatus), ("/evil", RenderErrorCodes.RedirectInvalid), ("/gone", RenderErrorCodes.PageStatus),
        ]);
    }

    [Fact]
    public async Task PreRender_RoutesOfOneFile_FailBeforeAnyIsRendered()
    {
        var site = new FakeSite().Page("/", "home");

        var stats = await site.PreRenderAsync(Output, Options("/", "/a", "/A", "/b", "/b/", "/f.xml", "/f.xml/x"), TestContext.Current.CancellationToken);

        stats.Failed.Select(page => page.Route).ShouldBe(["/A", "/a", "/b", "/b/", "/f.xml", "/f.xml/x"]);
        stats.Failed.ShouldAllBe(page => page.Code == RenderErrorCodes.OutputName);
        site.Rendered.ShouldBe(1);
    }

    [Fact]
    public async Task PreRender_NothingButFailures_KeepsTheLastVersion()
    {
        await new FakeSite().Page("/", "good").PreRenderAsync(Output, Options("/"), TestContext.Current.CancellationToken);

        var stats = await new FakeSite().Page("/x", "", 404).PreRenderAsync(Output, Options("/x"), TestContext.Current.CancellationToken);

        stats.Version.ShouldBeNull();
        SiteFiles.Read(Output)["index.html"].ShouldBe("good");
        SiteFiles.Versions(Output).Count.ShouldBe(1);
    }

    [Fact]
    public async Task PreRender_AFailureThatForbidsPublishing_KeepsTheLastVersion()
    {
        await new FakeSite().Page("/", "good").PreRenderAsync(Output, Options("/"), TestContext.Current.CancellationToken);
        var options = Options("/", "/bad");
        options.OnFailure = FailurePublishing.KeepLastVersion;

        var stats = await new FakeSite().Page("/", "better").Fail("/bad").PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        (stats.Version, stats.FailedCount).ShouldBe((null, 1));
        SiteFiles.Read(Output)["index.html"].ShouldBe("good");
    }

    [Fact]
    public async Task PreRender_APageThatFails_KeepsItsLastGoodVersion()
    {
        await new FakeSite().Page("/", "1").Page("/a", "A1").Page("/gone", "G1").Page("/unknown", "U1").PreRenderAsync(Output, Options("/", "/a", "/gone", "/unknown"), TestContext.Current.CancellationToken);
        var site = new FakeSite().Page("/", "2").Fail("/a").Page("/gone", "", 410).Fail("/unknown", RenderErrorCodes.PageNotFound);

        var stats = await site.PreRenderAsync(Output, Options("/", "/a", "/gone", "/unknown"), TestContext.Current.CancellationToken);
        var third = await site.PreRenderAsync(Output, Options("/", "/a", "/gone", "/unknown"), TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Values.ShouldBe(["A1", "2"]);
        stats.Failed.Select(page => (page.Route, page.KeepsLastGood)).ShouldBe([("/a", true), ("/gone", false), ("/unknown", false)]);
        third.Failed.ShouldBe(stats.Failed);
    }

    [Fact]
    public async Task PreRender_ACrawlThroughAPageThatFails_StillFindsWhatItLinkedTo()
    {
        var site = new FakeSite().Page("/", "<a href=/list>list</a>").Page("/list", "<a href=/item>item</a>").Page("/item", "1");
        var options = new PreRenderOptions { Routes = RouteSource.Crawl() };
        await site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        await site.Fail("/list").Page("/item", "2").PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output)["item/index.html"].ShouldBe("2");
    }

    [Fact]
    public async Task PreRender_StaticFiles_LieBesideThePagesAndReplaceNone()
    {
        var assets = _folder.File("browser");
        Directory.CreateDirectory(Path.Combine(assets, "img"));
        await File.WriteAllTextAsync(Path.Combine(assets, "index.html"), "template", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(assets, "main.js"), "js", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(assets, "img", ".hidden"), "h", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(assets, "Bad"), "in the way", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(assets, "secret"), "/etc/hostname");
        var site = new FakeSite { StaticFolder = assets }.Page("/", "home").Fail("/bad");

        var stats = await site.PreRenderAsync(Output, Options("/", "/bad"), TestContext.Current.CancellationToken);

        var files = SiteFiles.Read(Output);
        files.Keys.ShouldBe(["img/.hidden", "index.html", "main.js"]);
        files["index.html"].ShouldBe("home");
        stats.AssetsCopied.ShouldBe(2);
    }

    [Fact]
    public async Task PreRender_Compressed_WritesSmallerVariantsThatUnpackToTheSame()
    {
        var html = string.Concat(Enumerable.Repeat("<p>the same again</p>", 500));
        var options = Options("/", "/small");
        options.Compress = true;

        await new FakeSite().Page("/", html).Page("/small", "x").PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["index.html", "index.html.br", "index.html.gz", "small/index.html"]);
        await using var brotli = new System.IO.Compression.BrotliStream(File.OpenRead(Path.Combine(Output, "index.html.br")), System.IO.Compression.CompressionMode.Decompress);
        await using var gzip = new System.IO.Compression.GZipStream(File.OpenRead(Path.Combine(Output, "index.html.gz")), System.IO.Compression.CompressionMode.Decompress);
        (await new StreamReader(brotli).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(html);
        (await new StreamReader(gzip).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(html);
    }

    [Fact]
    public async Task PreRender_Sitemap_ListsPagesAndNoRedirects()
    {
        var options = Options("/", "/b", "/a&b", "/old", "/404");
        options.Sitemap = true;

        await new FakeSite().Page("/", "").Page("/b", "").Page("/a&b", "").Redirect("/old", "/").Page("/404", "").PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output)["sitemap.xml"].ShouldBe(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <url><loc>https://example.com/</loc></url>
            <url><loc>https://example.com/a&amp;b</loc></url>
            <url><loc>https://example.com/b</loc></url>
            </urlset>

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task PreRender_Crawl_FindsTheSamePagesHoweverManyAreRendered()
    {
        await Gen.Int[1, 16].Array[30, 30].SampleAsync(
            async links =>
            {
                using var folder = new TemporaryFolder();
                var trees = new List<SortedDictionary<string, string>>();
                foreach (var inFlight in new[] { 1, 8 })
                {
                    var site = new FakeSite { PagesInFlight = inFlight };
                    for (var i = 0; i < links.Length; i++)
                    {
                        site.Page(i == 0 ? "/" : $"/p{i}", $"<a href=/p{(i + links[i]) % links.Length}>1</a><a href='p{(i * links[i]) % links.Length}?q#f'>2</a><a href=//other/x>3</a>");
                    }

                    var output = folder.File($"out{inFlight}");
                    var options = new PreRenderOptions { Routes = RouteSource.Crawl("/", new() { MaxDepth = 4, MaxPages = 20 }), Sitemap = true };
                    await site.PreRenderAsync(output, options, TestContext.Current.CancellationToken);
                    trees.Add(SiteFiles.Read(output));
                }

                trees[0].ShouldBe(trees[1]);
                trees[0].Count.ShouldBeGreaterThan(1);
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task PreRender_ACrawlThatFindsTheNameOfAWrittenPage_KeepsNeither()
    {
        var site = new FakeSite().Page("/", "<a href=/a>a</a>").Page("/a", "<a href=/A>A</a><a href=/a/>same</a>").Page("/A", "A");

        var stats = await site.PreRenderAsync(Output, new() { Routes = RouteSource.Crawl(), Compress = true }, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["index.html"]);
        stats.Failed.Select(page => (page.Route, page.Code)).ShouldBe([("/A", RenderErrorCodes.OutputName), ("/a", RenderErrorCodes.OutputName)]);
        site.Rendered.ShouldBe(2);
    }

    [Fact]
    public async Task PreRender_Crawl_GoesThroughRedirectsAndNotToStaticFiles()
    {
        var assets = Directory.CreateDirectory(_folder.File("browser")).FullName;
        await File.WriteAllTextAsync(Path.Combine(assets, "a b.pdf"), "pdf", TestContext.Current.CancellationToken);
        var site = new FakeSite { StaticFolder = assets }.Page("/", "<a href='/a%20b.pdf'>pdf</a><a href=/old>old</a><a href=/broken>x</a>").Redirect("/old", "/new").Page("/new", "new");

        var stats = await site.PreRenderAsync(Output, new() { Routes = RouteSource.Crawl() }, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["a b.pdf", "index.html", "new/index.html", "old/index.html"]);
        var broken = stats.Failed.ShouldHaveSingleItem();
        broken.Route.ShouldBe("/broken");
        broken.Message.ShouldEndWith("It is linked from /.");
    }

    [Theory]
    [InlineData(100, 1, "links away")]
    [InlineData(3, 100, "the crawl ends at 3 pages")]
    public async Task PreRender_ACrawlAtItsLimit_SaysWhatItLeftOut(int maxPages, int maxDepth, string warning)
    {
        var site = new FakeSite().Page("/", "<a href=/1>1</a>");
        for (var i = 1; i < 10; i++)
        {
            site.Page($"/{i}", $"<a href=/{i + 1}>next</a>");
        }

        var options = new PreRenderOptions { Routes = RouteSource.Crawl("/", new() { MaxPages = maxPages, MaxDepth = maxDepth }) };
        var stats = await site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        stats.Warnings.ShouldHaveSingleItem().ShouldContain(warning);
        stats.PagesRendered.ShouldBe(Math.Min(maxPages, maxDepth + 1));
    }

    [Fact]
    public async Task PreRender_NoRoutesGiven_TakesTheBundlesOrCrawls()
    {
        var site = new FakeSite().Page("/", "<a href=/a>a</a>").Page("/a", "a").Page("/b", "b");
        (await site.PreRenderAsync(Output, cancellationToken: TestContext.Current.CancellationToken)).PagesRendered.ShouldBe(2);

        site.Routes = [new("/b", RouteMode.Server, false), new("/x", RouteMode.Client, false), new("/c/:id", RouteMode.Prerender, true)];
        var stats = await site.PreRenderAsync(Output, cancellationToken: TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["b/index.html"]);
        stats.Warnings.ShouldHaveSingleItem().ShouldContain("/c/:id");
    }

    [Fact]
    public async Task PreRender_APageOfAnotherType_NeedsAFileOfThatType()
    {
        var site = new FakeSite().Typed("/feed.xml", "<rss/>", "application/rss+xml").Typed("/data", "{}", "application/json").Typed("/a", "a", "Text/HTML;charset=x");

        var stats = await site.PreRenderAsync(Output, Options("/feed.xml", "/data", "/a"), TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["a/index.html", "feed.xml"]);
        stats.Failed.ShouldHaveSingleItem().Message.ShouldContain("would be served as HTML");
    }

    [Theory]
    [InlineData("/a?x=1&y=2#z", "/a?x=1&amp;y=2#z")]
    [InlineData("new", "/shop/new")]
    [InlineData("https://other.example/x", "https://other.example/x")]
    [InlineData("//other.example/x", "https://other.example/x")]
    [InlineData("/\\other.example/x", "https://other.example/x")]
    [InlineData("/\"><script>", "/%22%3E%3Cscript%3E")]
    public void TryCreate_Location_IsResolvedAsABrowserWould(string location, string target)
    {
        RedirectPage.TryCreate("/shop/old", location, out var content).ShouldBeTrue();

        System.Text.Encoding.UTF8.GetString(content!).ShouldContain($"content=\"0; url={target}\"");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/.//other.example")]
    [InlineData("")]
    [InlineData("/a\nb")]
    public void TryCreate_WhatIsNoPage_IsRefused(string location) => RedirectPage.TryCreate("/shop/old", location, out _).ShouldBeFalse();

    [Fact]
    public async Task PreRender_NotFoundRoute_BecomesThePageOfItsName()
    {
        var options = Options("/");
        (options.NotFoundRoute, options.Layout) = ("/lost", PageLayout.Files);

        await new FakeSite().Page("/", "home").Page("/lost", "lost", 404).PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        SiteFiles.Read(Output).Keys.ShouldBe(["404.html", "index.html"]);
    }

    [Fact]
    public async Task PreRender_Progress_CountsEveryPageOnce()
    {
        var reports = new List<PreRenderProgress>();
        var options = Options("/", "/bad", "//invalid", "/b");
        options.Progress = new ListProgress(reports);

        await new FakeSite().Page("/", "home").Fail("/bad").Page("/b", "b").PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        reports.Select(report => report.Done).ShouldBe([1, 2, 3, 4]);
        (reports[^1].Failed, reports[^1].Known, reports[^1].IsKnownTotal).ShouldBe((2, 4, true));
    }

    [Fact]
    public async Task PreRender_IntoTheBuiltSite_IsRefused()
    {
        var assets = Directory.CreateDirectory(_folder.File("dist")).FullName;

        (await Should.ThrowAsync<RenderException>(new FakeSite { StaticFolder = assets }.Page("/", "").PreRenderAsync(Path.Combine(assets, "out"), Options("/"), TestContext.Current.CancellationToken)))
            .Code.ShouldBe(RenderErrorCodes.OutputUnusable);

        Directory.GetFileSystemEntries(assets).ShouldBeEmpty();
    }

    [Fact]
    public void Write_MoreUrlsThanASitemapMayHave_MakesAnIndex()
    {
        var files = new SitemapFiles("https://example.com", maxUrls: 2).Write(["/a", "/b", "/c"]).ToDictionary(file => file.Name, file => System.Text.Encoding.UTF8.GetString(file.Content));

        files.Keys.ShouldBe(["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        files["sitemap-2.xml"].ShouldContain("<url><loc>https://example.com/c</loc></url>");
        files["sitemap.xml"].ShouldContain("<sitemap><loc>https://example.com/sitemap-2.xml</loc></sitemap>");
    }

    private sealed class ListProgress(List<PreRenderProgress> reports) : IProgress<PreRenderProgress>
    {
        public void Report(PreRenderProgress value) => reports.Add(value);
    }

    private static PreRenderOptions Options(params string[] routes) => new() { Routes = RouteSource.From(routes) };
}
