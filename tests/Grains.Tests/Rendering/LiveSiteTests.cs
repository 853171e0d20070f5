using System.Globalization;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>Pages on demand, from the cache of a real silo.</summary>
public sealed class LiveSiteTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>
{
    private static readonly Site Plain = Site.Open(TestSites.Plain, new() { Entry = "site.mjs" });

    [Fact]
    public async Task GetAsync_AskedAgain_IsNotRenderedAgain()
    {
        using var backend = Counting();
        var live = Live(backend);

        var first = await live.GetAsync(backend.Route(1), Token);
        var second = await live.GetAsync(backend.Route(1), Token);

        first.Page.Html.ShouldContain("answer 1");
        second.Page.Html.ShouldBe(first.Page.Html);
        second.IsStale.ShouldBeFalse();
        backend.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task GetAsync_OtherEntryOfTheSameBundle_IsAnotherPage()
    {
        using var folder = new TemporaryFolder();
        foreach (var language in (string[])["de", "fr"])
        {
            Directory.CreateDirectory(folder.File($"server/{language}"));
            await File.WriteAllTextAsync(folder.File($"server/{language}/entry.mjs"), $"export const render = () => '{language}';", Token);
        }

        var pages = new List<string>();
        foreach (var language in (string[])["de", "fr"])
        {
            var live = cluster.Client.Live(Site.Open(folder.Path, new() { Entry = $"server/{language}/entry.mjs" }));
            pages.Add((await live.GetAsync("/", Token)).Page.Html);
        }

        pages.ShouldBe(["de", "fr"]);
    }

    [Fact]
    public async Task GetAsync_ManyAtATime_IsRenderedOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var backend = new ScriptedBackend(async number =>
        {
            await gate.Task;
            return (200, $"answer {number}");
        });
        var live = Live(backend);
        var asked = Enumerable.Range(0, 20).Select(_ => live.GetAsync(backend.Route(2), Token)).ToArray();
        await Eventually.BecomesTrueAsync(() => backend.Requests == 1, "the backend is asked");

        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(page => page.Page.Html.Contains("answer 1", StringComparison.Ordinal));
        backend.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task InvalidateTagsAsync_PageWithTheTag_IsRenderedAnew()
    {
        using var backend = Counting();
        var live = Live(backend);
        await live.GetAsync(backend.Route(3), Token);
        await live.GetAsync(backend.Route(4), Token);

        await live.InvalidateTagsAsync(["n=3"], Token);

        (await live.GetAsync(backend.Route(3), Token)).Page.Html.ShouldContain("answer 3");
        (await live.GetAsync(backend.Route(4), Token)).Page.Html.ShouldContain("answer 2");
    }

    [Fact]
    public async Task InvalidateAsync_OneRoute_LeavesOthers()
    {
        using var backend = Counting();
        var live = Live(backend);
        await live.GetAsync(backend.Route(5), Token);
        await live.GetAsync(backend.Route(6), Token);

        await live.InvalidateAsync(backend.Route(5), Token);

        (await live.GetAsync(backend.Route(5), Token)).Page.Html.ShouldContain("answer 3");
        (await live.GetAsync(backend.Route(6), Token)).Page.Html.ShouldContain("answer 2");
    }

    [Fact]
    public async Task InvalidateAsync_OneSite_LeavesTheSameRouteOfAnother()
    {
        using var backend = Counting();
        var other = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = "http://other.example" });
        var (live, neighbour) = (Live(backend), Live(backend, other));
        await live.GetAsync(backend.Route(11), Token);
        await neighbour.GetAsync(backend.Route(11), Token);

        await live.InvalidateAsync(backend.Route(11), Token);

        (await live.GetAsync(backend.Route(11), Token)).Page.Html.ShouldContain("answer 3");
        (await neighbour.GetAsync(backend.Route(11), Token)).Page.Html.ShouldContain("answer 2");
    }

    [Fact]
    public async Task InvalidateAllAsync_Site_IsRenderedAnew()
    {
        using var backend = Counting();
        var live = Live(backend);
        await live.GetAsync(backend.Route(7), Token);

        await live.InvalidateAllAsync(Token);

        (await live.GetAsync(backend.Route(7), Token)).Page.Html.ShouldContain("answer 2");
    }

    [Fact]
    public async Task GetAsync_PageIsOldAndItsBackendIsDown_GivesTheOldOne()
    {
        using var backend = new ScriptedBackend(number => Task.FromResult(number == 1 ? (200, "answer 1") : (503, "down")));
        var live = Live(backend, freshFor: TimeSpan.FromMilliseconds(1));
        await live.GetAsync(backend.Route(8), Token);

        await Eventually.BecomesTrueAsync(async () =>
        {
            var page = await live.GetAsync(backend.Route(8), Token);
            page.Page.Html.ShouldContain("answer 1");
            return page.IsStale && backend.Requests > 1;
        }, "the old page is given, and a new one was tried");
    }

    [Fact]
    public async Task GetAsync_PageFails_SaysWhyAndIsNotKept()
    {
        using var backend = new ScriptedBackend(number => Task.FromResult(number <= 3 ? (503, "down") : (200, $"answer {number}")));
        var live = Live(backend);

        var failed = await Should.ThrowAsync<RenderException>(() => live.GetAsync(backend.Route(9), Token));

        failed.Code.ShouldBe(RenderErrorCodes.BackendFailed);
        (await live.GetAsync(backend.Route(9), Token)).Page.Html.ShouldContain("answer 4");
    }

    [Fact]
    public async Task GetAsync_QueryThatPagesDoNotDependOn_IsCutOff()
    {
        var live = cluster.Client.Live(Plain, new() { CacheName = "queries" });

        var page = await live.GetAsync("/context?a=1", Token);

        page.Page.Html.ShouldContain("\"url\":\"http://localhost/context\"");
    }

    [Fact]
    public async Task GetAsync_NoRoute_IsRefused()
    {
        var live = cluster.Client.Live(Plain);

        (await Should.ThrowAsync<RenderException>(() => live.GetAsync("//evil.example/", Token))).Code.ShouldBe(RenderErrorCodes.RouteInvalid);
    }

    private static ScriptedBackend Counting() => new(number => Task.FromResult((200, string.Create(CultureInfo.InvariantCulture, $"answer {number}"))));

    // A cache for each backend: tests do not meet.
    private LiveSite Live(ScriptedBackend backend, Site? site = null, TimeSpan? freshFor = null) => cluster.Client.Live(site ?? Plain, new()
    {
        CacheName = $"pages-{new Uri(backend.Address).Port}",
        FreshFor = freshFor ?? TimeSpan.FromHours(1),
        QueryParameters = ["backend", "n"],
        TagsOf = static route => [route[route.IndexOf("n=", StringComparison.Ordinal)..]],
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
