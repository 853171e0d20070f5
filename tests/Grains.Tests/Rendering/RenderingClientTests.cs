using Armature.Testing.Sites;
using CsCheck;

namespace Armature.Rendering;

/// <summary>Pages through the client, the engine and real Node processes.</summary>
public sealed class RenderingClientTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>
{
    private static readonly Site Plain = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", Origin = "https://example.com" });

    private RenderingClient Rendering => cluster.Client;

    [Fact]
    public async Task RenderAsync_Page_GivesWhatTheSiteRendered()
    {
        var page = await Rendering.RenderAsync(Plain, "/about", cancellationToken: Token);

        page.Status.ShouldBe(200);
        page.Route.ShouldBe("/about");
        page.Html.ShouldContain("<h1>About</h1>");
    }

    [Fact]
    public async Task RenderAsync_Unicode_IsUtf8()
    {
        (await Rendering.RenderAsync(Plain, "/unicode", cancellationToken: Token)).Html.ShouldContain("Grüße, 世界 🌍");
    }

    [Fact]
    public async Task RenderAsync_Redirect_IsAResult()
    {
        var page = await Rendering.RenderAsync(Plain, "/moved", cancellationToken: Token);

        page.IsRedirect.ShouldBeTrue();
        page.Location.ShouldBe("/about");
    }

    [Fact]
    public async Task RenderAsync_PageThatSays404_IsAResult()
    {
        var page = await Rendering.RenderAsync(Plain, "/missing", cancellationToken: Token);

        page.Status.ShouldBe(404);
        page.IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task RenderManyAsync_ManyRoutes_AnswersInTheirOrderAsOneByOne()
    {
        string[] routes = [.. Enumerable.Range(0, 20).Reverse().Select(id => $"/products/{id}"), "/about", "/", "/about"];
        var one = new List<RenderedPage>();
        foreach (var route in routes)
        {
            one.Add(await Rendering.RenderAsync(Plain, route, cancellationToken: Token));
        }

        var pages = await Rendering.RenderManyAsync(Plain, routes, cancellationToken: Token);

        pages.Keys.ShouldBe(routes.Distinct());
        routes.Select(route => pages[route].Html).ShouldBe(one.Select(page => page.Html));
    }

    [Fact]
    public async Task RenderManyAsync_AnyRoutes_EqualsOneAfterTheOther()
    {
        string[] known = ["/", "/about", "/products/3", "/moved", "/missing", "/unicode", "/throw", "/nowhere", "/number", "//bad", "/wait/3"];
        var one = new Dictionary<string, RenderedPage>();
        foreach (var route in known)
        {
            one[route] = (await Rendering.RenderManyAsync(Plain, [route], cancellationToken: Token))[route];
        }

        await Gen.Int[0, known.Length - 1].Select(at => known[at]).Array[0, 40].SampleAsync(
            async routes =>
            {
                var pages = await Rendering.RenderManyAsync(Plain, routes, cancellationToken: Token);

                pages.Keys.ShouldBe(routes.Distinct());
                foreach (var (route, page) in pages)
                {
                    Describe(page).ShouldBe(Describe(one[route]));
                }
            },
            iter: 30,
            threads: 4);

        static (string, int, string?, string?, string) Describe(RenderedPage page) =>
            (page.Route, page.Status, page.Location, page.Error?.Code, Convert.ToHexString(page.Body));
    }

    [Fact]
    public async Task RenderManyAsync_NoRoutes_AnswersNothing() =>
        (await Rendering.RenderManyAsync(Plain, [], cancellationToken: Token)).ShouldBeEmpty();

    [Theory]
    [InlineData("/throw", RenderErrorCodes.PageFailed, "thrown in a page")]
    [InlineData("/nowhere", RenderErrorCodes.PageNotFound, "/nowhere")]
    [InlineData("/exit", RenderErrorCodes.RendererDied, "alone in a fresh one")]
    [InlineData("/hog", RenderErrorCodes.PageOutOfMemory, "MemoryLimitBytes")]
    [InlineData("//evil.example", RenderErrorCodes.RouteInvalid, "another host")]
    [InlineData("/\\evil.example", RenderErrorCodes.RouteInvalid, "backslash")]
    [InlineData("/a/%2e%2e/b", RenderErrorCodes.RouteInvalid, "'..'")]
    public async Task RenderManyAsync_BadPageAmongGood_FailsAlone(string bad, string code, string words)
    {
        string[] routes = ["/about", bad, "/products/1", "/products/2"];

        var pages = await Rendering.RenderManyAsync(Plain, routes, cancellationToken: Token);

        pages[bad].Error.ShouldNotBeNull();
        pages[bad].Error!.Code.ShouldBe(code, pages[bad].Error!.Message);
        pages[bad].Error!.Message.ShouldContain(words);
        routes.Except([bad]).ShouldAllBe(route => pages[route].IsSuccess);
    }

    [Theory]
    [InlineData("/never")]
    [InlineData("/loop")]
    public async Task RenderManyAsync_PageWithoutEnd_FailsAloneWithItsTime(string bad)
    {
        var site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", PageTimeout = TimeSpan.FromSeconds(2) });
        string[] routes = ["/about", bad, "/products/1", "/products/2"];

        var pages = await Rendering.RenderManyAsync(site, routes, cancellationToken: Token);

        pages[bad].Error!.Code.ShouldBe(RenderErrorCodes.PageTimeout, pages[bad].Error!.Message);
        routes.Except([bad]).ShouldAllBe(route => pages[route].IsSuccess);
    }

    [Fact]
    public async Task RenderManyAsync_PagesThatWait_WaitTogether()
    {
        // The backend answers nobody before all have asked it.
        const int Pages = 40;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var backend = new ScriptedBackend(async number =>
        {
            if (number == Pages)
            {
                all.SetResult();
            }

            await all.Task;
            return (200, "data");
        });

        var pages = await Rendering.RenderManyAsync(Plain, [.. Enumerable.Range(0, Pages).Select(backend.Route)], cancellationToken: Token);

        pages.Values.ShouldAllBe(page => page.IsSuccess);
    }

    [Fact]
    public async Task RenderManyAsync_BackendWithALimit_HasNoMoreInFlight()
    {
        using var backend = new ScriptedBackend(static async _ =>
        {
            await Task.Yield();
            return (200, "data");
        });
        var site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs", MaxInFlight = 3 });

        var pages = await Rendering.RenderManyAsync(site, [.. Enumerable.Range(0, 40).Select(backend.Route)], cancellationToken: Token);

        pages.Values.ShouldAllBe(page => page.IsSuccess);
        backend.MostInFlight.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task RenderManyAsync_BackendFailsOnce_PageIsTriedAgain()
    {
        using var backend = new ScriptedBackend(number => Task.FromResult(number == 1 ? (503, "busy") : (200, "data")));

        var page = await Rendering.RenderAsync(Plain, backend.Route(1), cancellationToken: Token);

        page.Html.ShouldContain("data");
        backend.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task ListRoutesAsync_Module_GivesItsExport()
    {
        var routes = await Rendering.ListRoutesAsync(Plain, Token);

        routes.ShouldContain(new SiteRoute("/products/:id", RouteMode.Server, true));
        routes.ShouldContain(route => route.Path == "/about" && !route.HasParameters);
    }

    [Fact]
    public async Task RenderAsync_Cancelled_StopsWaiting()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var page = Rendering.RenderAsync(Plain, "/never", cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => page);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
