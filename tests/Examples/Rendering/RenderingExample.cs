using Armature;
using Armature.Rendering;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Examples.Rendering;

/// <summary>The examples of docs/rendering.md.</summary>
[Collection(HostedExamples.Name)]
public sealed class RenderingExample(ExampleHost host) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ArmatureClient Client => host.Client;

    [Fact]
    public async Task RenderManyAsync_GoodAndBadPages_GivesBothInOrder()
    {
        Site site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = "https://shop.example" });

        IReadOnlyDictionary<string, RenderedPage> pages = await Client.Rendering.RenderManyAsync(site, ["/", "/products/1", "/throw", "/moved"]);

        pages["/products/1"].Html.ShouldContain("<h1>Product 1</h1>");
        pages["/moved"].Location.ShouldBe("/about");
        pages["/throw"].Error!.Code.ShouldBe(RenderErrorCodes.PageFailed);
        pages.Keys.ShouldBe(["/", "/products/1", "/throw", "/moved"]);
    }

    [Fact]
    public async Task StreamAsync_RoutesThatAreStillBeingFound_GivesPagesAsTheyAreDone()
    {
        Site site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs" });

        var bytes = 0;
        await foreach (RenderedPage page in Client.Rendering.StreamAsync(site, FindRoutesAsync()))
        {
            bytes += page.Body.Length;
        }

        bytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task PreRenderSiteAsync_Crawl_WritesTheSite()
    {
        Site site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = "https://shop.example" });

        StaticSiteStats stats = await Client.Rendering.PreRenderSiteAsync(site, _folder.File("public"), new()
        {
            Routes = RouteSource.Crawl("/"),
            Sitemap = true,
        });

        stats.IsComplete.ShouldBeTrue();
        File.Exists(_folder.File("public/products/1/index.html")).ShouldBeTrue();
        File.Exists(_folder.File("public/sitemap.xml")).ShouldBeTrue();
    }

    [Fact]
    public async Task Live_PageThatIsAskedForTwice_ComesFromTheCache()
    {
        Site site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs" });
        LiveSite live = Client.Rendering.Live(site, new()
        {
            FreshFor = TimeSpan.FromMinutes(5),
            TagsOf = route => route.StartsWith("/products/", StringComparison.Ordinal) ? ["products"] : [],
        });

        LivePage first = await live.GetAsync("/products/1");
        LivePage second = await live.GetAsync("/products/1");
        await live.InvalidateTagsAsync(["products"]);

        second.Page.Html.ShouldBe(first.Page.Html);
    }

    public void Dispose() => _folder.Dispose();

    private static async IAsyncEnumerable<string> FindRoutesAsync()
    {
        for (var id = 0; id < 10; id++)
        {
            await Task.Yield();
            yield return $"/products/{id}";
        }
    }
}
