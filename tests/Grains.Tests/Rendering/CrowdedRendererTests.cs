using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>Pages that take their process down while many others are in it: the others are never to blame.</summary>
public sealed class CrowdedRendererTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>
{
    private static readonly Site Plain = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = "https://crowd.example" });

    [Theory]
    [InlineData("/exit", RenderErrorCodes.RendererDied)]
    [InlineData("/throw-in-timer", RenderErrorCodes.PageFailed)]
    [InlineData("/throw-late", null)]
    [InlineData("/reject-late", null)]
    public async Task RenderManyAsync_ProcessesDieUnderManyPages_BlamesNoOther(string guilty, string? code)
    {
        string[] routes = [.. Enumerable.Range(0, 60).Select(number => number % 20 == 10 ? $"{guilty}?{number}" : $"/wait/{40 + number}")];

        var pages = await cluster.Client.RenderManyAsync(Plain, routes, cancellationToken: TestContext.Current.CancellationToken);

        foreach (var (route, page) in pages)
        {
            page.Error?.Code.ShouldBe(route.StartsWith(guilty, StringComparison.Ordinal) ? code : null, $"{route}: {page.Error.Message}");
        }

        pages.Values.Count(page => page.Error is not null).ShouldBe(code is null ? 0 : 3);
    }

    [Fact]
    public async Task RenderManyAsync_ProcessDies_ItsLastWordsAreTheSitesOwn()
    {
        var pages = await cluster.Client.RenderManyAsync(Plain, ["/exit"], cancellationToken: TestContext.Current.CancellationToken);

        pages["/exit"].Error!.Message.ShouldContain("standard error: Error: process.exit(0) was called by /exit");
    }

    [Fact]
    public async Task RenderManyAsync_PageComputesForLong_TakesNoOthersTime()
    {
        // One process, warm, that wants many pages at a time; one of them computes until the time of all is over.
        var site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", PageTimeout = TimeSpan.FromSeconds(4) });
        await cluster.Client.RenderManyAsync(site, [.. Enumerable.Range(0, 100).Select(number => $"/wait/20?{number}")], cancellationToken: TestContext.Current.CancellationToken);
        string[] waiting = [.. Enumerable.Range(0, 20).Select(number => $"/wait/500?{number}")];
        const string Guilty = "/compute?ms=5000";

        var pages = await cluster.Client.RenderManyAsync(site, [.. waiting[..10], Guilty, .. waiting[10..]], cancellationToken: TestContext.Current.CancellationToken);

        pages[Guilty].Error?.Code.ShouldBe(RenderErrorCodes.PageTimeout);
        pages.Values.Count(page => page.Error is not null).ShouldBe(1);
    }
}
