using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>More sites than a silo may render at a time.</summary>
public sealed class ManySitesTests
{
    [Fact]
    public async Task RenderManyAsync_MoreSitesThanMayBe_TakeTurns()
    {
        await using var cluster = await ArmatureCluster.StartAsync(1, options: Configure, silo: static builder =>
        {
            var options = new ArmatureOptions();
            Configure(options);
            builder.AddRendering(options);
        });
        string[] routes = [.. Enumerable.Range(0, 20).Select(id => $"/products/{id}")];
        var sites = Enumerable.Range(1, 4).Select(number => Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = $"http://site-{number}.example" }));

        var rendered = await Task.WhenAll(sites.Select(site => cluster.Client.Rendering.RenderManyAsync(site, routes)));

        rendered.SelectMany(pages => pages.Values).Where(page => !page.IsSuccess).Select(page => page.Error!.Message).ShouldBeEmpty();
    }

    private static void Configure(ArmatureOptions options)
    {
        options.Rendering.Processes = 1;
        options.Rendering.MaxSites = 1;
    }
}
