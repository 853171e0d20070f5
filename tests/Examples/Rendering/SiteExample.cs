using Armature;
using Armature.Rendering;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;

namespace Examples.Rendering;

/// <summary>A whole site, as docs/rendering-sites.md has it.</summary>
[Collection(HostedExamples.Name)]
public sealed class SiteExample(ExampleHost host) : IDisposable
{
    private const string Module =
        """
        export const routes = ['/', '/products/:id'];
        export const render = url => `<h1>${url}</h1><a href="/about">About</a>`;
        """;

    private readonly ArmatureClient _client = host.Client;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("armature-example-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task PreRenderSiteAsync_ManifestAndCrawl_WritesThePagesAndThenOnlyWhatChanged()
    {
        string dist = Path.Combine(_folder.FullName, "dist");
        string output = Path.Combine(_folder.FullName, "public");
        Directory.CreateDirectory(Path.Combine(dist, "server"));
        await File.WriteAllTextAsync(Path.Combine(dist, "server", "server.mjs"), Module);
        var versions = new Dictionary<string, string> { ["/"] = "1", ["/about"] = "1", ["/products/7"] = "1", ["/products/8"] = "1" };

        Site site = Site.Open(dist, new() { Origin = "https://shop.example" });
        var options = new PreRenderOptions
        {
            Routes = RouteSource.FromManifest(new RouteValues().Add("/products/:id", ["7", "8"])).AndCrawl(),
            InputsOf = (route, cancellationToken) => ValueTask.FromResult<string?>(versions[route]),
        };
        StaticSiteStats first = await _client.Rendering.PreRenderSiteAsync(site, output, options);
        versions["/products/8"] = "2";
        StaticSiteStats second = await _client.Rendering.PreRenderSiteAsync(site, output, options);

        first.Failed.ShouldBeEmpty();
        (first.PagesRendered, second.PagesRendered, second.PagesUnchanged).ShouldBe((4, 1, 3));
        (await File.ReadAllTextAsync(Path.Combine(output, "products", "7", "index.html"))).ShouldContain("/products/7</h1>");
    }

    [Fact]
    public async Task DiscoverRoutesAsync_ManifestWithValues_ShowsTheRoutesWithoutRendering()
    {
        string dist = Path.Combine(_folder.FullName, "dist");
        Directory.CreateDirectory(Path.Combine(dist, "server"));
        await File.WriteAllTextAsync(Path.Combine(dist, "server", "server.mjs"), Module);

        IReadOnlyList<FoundRoute> routes = await _client.Rendering.DiscoverRoutesAsync(
            Site.Open(dist), RouteSource.FromManifest(new RouteValues().Add("/products/:id", ["7", "8"])));

        routes.Select(route => route.Route).ShouldBe(["/", "/products/7", "/products/8"]);
    }
}
