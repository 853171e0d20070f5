using System.ComponentModel.DataAnnotations;
using System.IO.Compression;
using System.Text;
using Armature.Testing;

namespace Armature.Rendering.Routes;

public sealed class RouteSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private IReadOnlyList<SiteRoute> _manifest = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FromFile_LinesWithCommentsAndBlanks_AreRoutes()
    {
        var file = Write("routes.txt", "# all pages\r\n/\r\n\r\n about \n/größe\n//evil\n/about\n/a b");

        var routes = await ReadAsync(RouteSource.FromFile(file));

        routes.Select(route => route.Route).ShouldBe(["/", "/about", "/gr%C3%B6%C3%9Fe", "//evil", "/a b"]);
        routes.Where(route => route.Error is not null).Select(route => route.Error!.Code).ShouldBe([RenderErrorCodes.RouteInvalid, RenderErrorCodes.RouteInvalid]);
    }

    [Fact]
    public async Task FromFile_ALineOfEndlessLength_IsOneBadRoute()
    {
        var file = Write("routes.txt", "/ok\n/" + new string('x', 1_000_000) + "\n/end");

        var routes = await ReadAsync(RouteSource.FromFile(file));

        routes.Count.ShouldBe(3);
        routes[1].Error.ShouldNotBeNull().Message.ShouldContain("at most 2,048");
        routes[1].Route.Length.ShouldBe(RoutePath.MaxLength);
    }

    [Fact]
    public async Task FromFile_Missing_SaysSo() =>
        (await Should.ThrowAsync<RenderException>(ReadAsync(RouteSource.FromFile(_folder.File("none"))))).Code.ShouldBe(RenderErrorCodes.RoutesUnreadable);

    [Fact]
    public async Task FromSitemap_Urls_AreRoutesOfTheSameOriginOnly()
    {
        var file = Write("sitemap.xml",
            """
            <?xml version="1.0"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
              <url><loc>https://example.com/</loc><image:image><image:loc>https://example.com/a.png</image:loc></image:image></url>
              <url><loc> https://EXAMPLE.com:443/a?x=1&amp;y=2#part </loc><lastmod>2026-01-01</lastmod></url>
              <url><loc>https://evil.com/a</loc></url>
              <url><loc>http://example.com/a</loc></url>
              <url><loc>https://user@example.com/a</loc></url>
              <url><loc>/relative</loc></url>
            </urlset>
            """);

        var routes = await ReadAsync(RouteSource.FromSitemap(file));

        routes.Where(route => route.Error is null).Select(route => route.Route).ShouldBe(["/", "/a?x=1&y=2"]);
        routes.Count(route => route.Error is not null).ShouldBe(4);
    }

    [Fact]
    public async Task FromSitemap_Index_ReadsTheFilesBesideIt()
    {
        await using (var gzip = new GZipStream(File.Create(_folder.File("b.xml.gz")), CompressionMode.Compress))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Urls("/b")), TestContext.Current.CancellationToken);
        }

        Write("a.xml", Urls("/a"));
        var index = Write("index.xml", "<sitemapindex><sitemap><loc>https://example.com/maps/a.xml</loc></sitemap><sitemap><loc>b.xml.gz</loc></sitemap></sitemapindex>");

        (await ReadAsync(RouteSource.FromSitemap(index))).Select(route => route.Route).ShouldBe(["/a", "/b"]);
    }

    [Theory]
    [InlineData("<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>https://example.com/&x;</loc></url></urlset>")]
    [InlineData("<html></html>")]
    [InlineData("<urlset><url>")]
    [InlineData("")]
    [InlineData("<sitemapindex><sitemap><loc>https://example.com/none.xml</loc></sitemap></sitemapindex>")]
    [InlineData("<sitemapindex><sitemap><loc>https://example.com/..</loc></sitemap></sitemapindex>")]
    [InlineData("<sitemapindex><sitemap><loc>https://example.com/sitemap.xml</loc></sitemap></sitemapindex>")]
    public async Task FromSitemap_WhatIsNone_IsRefused(string xml)
    {
        var file = Write("sitemap.xml", xml);

        (await Should.ThrowAsync<RenderException>(ReadAsync(RouteSource.FromSitemap(file)))).Code.ShouldBe(RenderErrorCodes.RoutesUnreadable);
    }

    [Fact]
    public async Task FromManifest_Parameters_TakeTheCallersValues()
    {
        _manifest =
        [
            new("/", RouteMode.Prerender, false), new("/app", RouteMode.Client, false), new("/products/:id", RouteMode.Server, true),
            new("/:lang/:page", RouteMode.Prerender, true), new("docs/**", RouteMode.Prerender, true), new("/users/:id", RouteMode.Prerender, true),
        ];
        var values = new RouteValues()
            .Add("/products/:id", ["1", "a b", "x/y", ".."])
            .Add("/:lang/:page", new Dictionary<string, string>[] { new() { ["lang"] = "de", ["page"] = "größe" }, new() { ["lang"] = "de" } }.ToAsyncEnumerable())
            .Add("/docs/**", ["intro/start"]);

        var routes = await ReadAsync(RouteSource.FromManifest(values));

        routes.Where(route => route.Error is null).Select(route => route.Route).ShouldBe(["/", "/products/1", "/products/a%20b", "/de/gr%C3%B6%C3%9Fe", "/docs/intro/start"]);
        routes.Where(route => route.Error is not null).Select(route => route.Route).ShouldBe(["/products/x%2Fy", "/products/..", "/:lang/:page"]);
        _warnings.ShouldHaveSingleItem().ShouldContain("/users/:id");
    }

    [Fact]
    public async Task FromManifest_ValuesForNoRoute_FailUnderTheirPattern()
    {
        _manifest = [new("/a/:id", RouteMode.Server, true)];

        var routes = await ReadAsync(RouteSource.FromManifest(new RouteValues().Add("/b/:id", ["1"])));

        routes.ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldContain("It has: /a/:id");
    }

    [Fact]
    public async Task And_TwoSources_GivesEachRouteOnce() =>
        (await ReadAsync(RouteSource.From(["/a", "b"]).And(RouteSource.From(["/b", "c"])))).Select(route => route.Route).ShouldBe(["/a", "/b", "/c"]);

    [Fact]
    public async Task Read_MoreThanIsAllowed_IsRefused() =>
        (await Should.ThrowAsync<RenderException>(RouteList.ReadAsync(RouteSource.From(Enumerable.Range(0, 11).Select(i => $"/{i}")), Context(), 10, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("more than 10 routes");

    [Fact]
    public void AndCrawl_LimitOutOfRange_IsRefused() =>
        Should.Throw<ValidationException>(() => RouteSource.From(["/"]).AndCrawl(new() { MaxPages = 0 }));

    [Fact]
    public void Find_LinksOfAPage_AreThoseOfTheSiteThatRobotsMayFollow()
    {
        const string html =
            """
            <base href="/shop/"><a href="cart">1</a><a href="/a?q=1#f">2</a><a href="#top">3</a><a href="//evil.com/x">4</a><a href="https://example.com/b/">5</a>
            <a href="mailto:a@b.c">6</a><a href="javascript:void(0)">7</a><a href="/login" rel="noopener NoFollow">8</a><a href="/file.zip" download>9</a>
            <area href="/map"><link href="/style.css"><a>10</a><a href="/a">11</a><!-- <a href="/comment">12</a> --><a href=" ../up ">13</a><a href="/\evil.com/y">14</a>
            <script>document.write('<a href="/script">')</script><template><a href="/template"></a></template>
            """;

        PageLinks.Find(new RenderedPage { Route = "/here/now", Status = 200, Body = Encoding.UTF8.GetBytes(html) }, "https://example.com", TestContext.Current.CancellationToken)!
            .ShouldBe(["/shop/cart", "/a", "/shop/", "/b/", "/map", "/up"]);
    }

    [Fact]
    public void Find_PageOfEndlessElements_GivesUp() =>
        PageLinks.Find(
            new RenderedPage { Route = "/", Status = 200, Body = Encoding.UTF8.GetBytes("<a href=/a>" + string.Concat(Enumerable.Repeat("<br>", 100_000))) },
            "https://example.com",
            TestContext.Current.CancellationToken).ShouldBeNull();

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private static string Urls(string route) => $"<urlset><url><loc>https://example.com{route}</loc></url></urlset>";

    private RouteContext Context() => new("https://example.com", _ => Task.FromResult(_manifest), _warnings.Add);

    private Task<IReadOnlyList<FoundRoute>> ReadAsync(RouteSource source) => RouteList.ReadAsync(source, Context(), 1_000, TestContext.Current.CancellationToken);
}
