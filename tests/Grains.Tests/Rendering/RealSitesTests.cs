using System.Text.RegularExpressions;
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
        pages.Values.Zip(one).Where(pair => WithoutTemplateNumbers(pair.First.Html) != WithoutTemplateNumbers(pair.Second)).Select(pair => pair.First.Route).ShouldBeEmpty();
        pages["/products/2"].Html.ShouldMatch("Product (<!-- -->)?2");
    }

    // Angular numbers its templates in the order in which a process met them: t0, t1 and so on, in the data for hydration.
    private static string WithoutTemplateNumbers(string html)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return Regex.Replace(html, "\"t\\d+\"", match =>
        {
            numbers.TryAdd(match.Value, numbers.Count);
            return $"\"t{numbers[match.Value]}\"";
        });
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
