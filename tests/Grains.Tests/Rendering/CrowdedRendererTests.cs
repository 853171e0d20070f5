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
}
