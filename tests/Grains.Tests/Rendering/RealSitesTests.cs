using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>Sites that npm has built, through the client, the engine and confined Node processes.</summary>
public sealed class RealSitesTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>
{
    [Theory]
    [InlineData("angular")]
    [InlineData("react")]
    [InlineData("vue")]
    [InlineData("svelte")]
    public async Task RenderManyAsync_PagesOfASite_AreWhatTheyAreOneByOne(string name)
    {
        var site = Site.Open(await BuildAsync(name));
        string[] routes = ["/", "/about", "/products/1", "/products/2", "/products/3"];
        var one = new List<string>();
        foreach (var route in routes)
        {
            one.Add((await cluster.Client.RenderAsync(site, route, cancellationToken: Token)).Html);
        }

        var pages = await cluster.Client.RenderManyAsync(site, routes, cancellationToken: Token);

        pages.Values.ShouldAllBe(page => page.IsSuccess);
        pages.Values.Select(page => page.Html).ShouldBe(one);
        pages["/products/2"].Html.ShouldContain("Product 2");
    }

    private static Task<string> BuildAsync(string name) => name switch
    {
        "angular" => TestSites.AngularAsync(Token),
        "react" => TestSites.ReactAsync(Token),
        "vue" => TestSites.VueAsync(Token),
        _ => TestSites.SvelteAsync(Token),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
