using System.Text.Json;

namespace Armature.Rendering.Node;

/// <summary>The adapter for the server bundle that <c>ng build</c> makes.</summary>
public sealed class AngularAdapterTests
{
    [Fact]
    public async Task Render_Product_IsTheWholePage()
    {
        await using var child = await StartAsync();

        var page = await child.RenderAsync("/products/7");

        page.Status.ShouldBe(200);
        page.Html.ShouldContain("<h1>Product 7</h1>");
        page.Html.ShouldContain("Item 399");
        page.Html.Length.ShouldBeInRange(30_000, 45_000);
    }

    [Fact]
    public async Task Render_Home_LinksToOtherPages()
    {
        await using var child = await StartAsync();

        var page = await child.RenderAsync("/");

        page.Html.ShouldContain("href=\"/about\"");
        page.Html.ShouldContain("href=\"/products/19\"");
    }

    [Theory]
    [InlineData("/moved", 301)]
    [InlineData("/moved-by-code", 302)]
    public async Task Render_Redirect_IsAResult(string route, int status)
    {
        await using var child = await StartAsync();

        var page = await child.RenderAsync(route);

        page.Status.ShouldBe(status);
        page.Header("location").ShouldBe("/about");
    }

    [Fact]
    public async Task Render_RouteOfStatus404_IsAResult()
    {
        await using var child = await StartAsync();

        var page = await child.RenderAsync("/missing");

        page.Status.ShouldBe(404);
        page.Html.ShouldContain("<h1>Not found</h1>");
    }

    [Fact]
    public async Task Render_PageThatTheBuildPrerendered_IsRenderedAnew()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/about")).Html.ShouldContain("Rendered in a child process");
    }

    [Fact]
    public async Task Render_PageOfTheBrowser_IsItsShell()
    {
        await using var child = await StartAsync();

        var page = await child.RenderAsync("/account");

        page.Status.ShouldBe(200);
        page.Html.ShouldContain("<app-root></app-root>");
    }

    [Fact]
    public async Task Render_UnknownRoute_IsNoPage()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/no/such/page")).Code.ShouldBe("page_not_found");
    }

    [Theory]
    [InlineData("/throw-constructor", "Error: thrown in a constructor\n    at new constructor (")]
    [InlineData("/throw-constructor-unlogged", "Error: thrown in a constructor, unlogged")]
    [InlineData("/throw-template", "Error: thrown in a template\n    at ")]
    [InlineData("/throw-template-unlogged", "Error: thrown in a template, unlogged")]
    [InlineData("/reject", "Error: a rejection without a handler")]
    [InlineData("/reject-resolver", "Error: rejected by a resolver\n    at ")]
    public async Task Render_PageFails_SaysWhyAndWhere(string route, string start)
    {
        await using var child = await StartAsync();

        var failed = await child.RenderAsync(route);

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith(start);
        failed.Message.ShouldContain("src/app/"); // Through the source map, and before Angular's own frames.
        (await child.RenderAsync("/about")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Render_SiteLogsAnError_IsNoFailure()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/logs")).Status.ShouldBe(200);

        child.CloseInput();
        (await child.WaitForExitAsync()).Errors.ShouldBe("/logs: a note of the site\n/logs: a complaint of the site\n");
    }

    [Fact]
    public async Task Render_PageNeverStable_FailsAtItsTimeAndLaterPagesAreFine()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/never", timeoutMs: 100)).Code.ShouldBe("page_timeout");

        (await child.RenderAsync("/products/1")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Render_SiteKeepsSomethingGlobal_IsSeenByTheNextPageOfTheProcess()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/leak")).Html.ShouldContain("rendered 1 times");
        (await child.RenderAsync("/leak")).Html.ShouldContain("rendered 2 times");
    }

    [Fact]
    public async Task Render_PageThrowsAfterItsAnswer_EndsTheProcessWithTheRoute()
    {
        await using var child = await StartAsync();
        (await child.RenderAsync("/throw-late")).Status.ShouldBe(200);

        var (exitCode, errors) = await child.WaitForExitAsync();

        exitCode.ShouldBe(1);
        errors.ShouldContain("An error was thrown by /throw-late, which had been answered, and nobody caught it: Error: thrown after the page");
    }

    [Fact]
    public async Task Render_PageExits_EndsTheProcessWithTheRoute()
    {
        await using var child = await StartAsync();

        (await child.RenderAsync("/exit")).ShouldBe(RendererAnswer.Died);

        (await child.WaitForExitAsync()).Errors.ShouldStartWith("Error: process.exit(0) was called by /exit");
    }

    [Fact]
    public async Task Render_BackendFailsAndNobodyHandlesIt_IsTheBackendsFailure()
    {
        using var backend = new TestBackend();
        await using var child = await StartAsync();

        var failed = await child.RenderAsync($"/backend?backend={backend.Address(503)}");

        failed.Code.ShouldBe("backend_failed");
        failed.Message.ShouldStartWith($"GET {backend.Address(503)} answered 503\n");
        failed.Message.ShouldContain("HttpErrorResponse");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Render_SeveralInFlight_FailsTheRightOnes(bool zone)
    {
        await using var child = await RendererChild.StartAsync(zone ? await RendererSite.AngularWithZoneAsync() : await RendererSite.AngularAsync());
        string[] routes = ["/throw-after-wait/60", "/wait/80", "/products/1", "/throw-template", "/wait/20", "/throw-after-wait/30", "/throw-constructor", "/logs"];

        var answers = await Task.WhenAll(routes.Select(route => child.RenderAsync(route)));

        answers.Select(answer => answer.Code ?? "ok").ShouldBe(["page_failed", "ok", "ok", "page_failed", "ok", "page_failed", "page_failed", "ok"]);
        child.CloseInput();
        var log = (await child.WaitForExitAsync()).Errors;
        log.ShouldContain("/throw-after-wait/60: ERROR Error: thrown in a template");
        log.ShouldContain("/logs: a complaint of the site");
    }

    [Theory]
    [InlineData("/throw-constructor-unlogged", "Error: thrown in a constructor, unlogged")]
    [InlineData("/throw-template-unlogged", "Error: thrown in a template, unlogged")]
    [InlineData("/reject", "Error: a rejection without a handler")]
    [InlineData("/reject-resolver", "Error: rejected by a resolver")]
    [InlineData("/throw-late", "Error: thrown after the page")] // zone.js has Angular wait for the timer.
    public async Task Render_PageOfASiteWithZoneFails_SaysWhy(string route, string start)
    {
        await using var child = await RendererChild.StartAsync(await RendererSite.AngularWithZoneAsync());

        var failed = await child.RenderAsync(route);

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith(start);
        (await child.RenderAsync("/products/1")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Routes_Manifest_TellsEveryRouteAndItsMode()
    {
        await using var child = await StartAsync();

        var answer = await child.AskAsync("""{"op":"routes"}""");

        var routes = JsonElement.Parse(answer.Text).GetProperty("routes").EnumerateArray()
            .ToDictionary(route => route.GetProperty("path").GetString()!, route => (route.GetProperty("mode").GetString(), route.GetProperty("parameters").GetBoolean()));
        routes["/"].ShouldBe(("server", false));
        routes["/about"].ShouldBe(("prerender", false));
        routes["/account"].ShouldBe(("client", false));
        routes["/products/*"].ShouldBe(("server", true));
    }

    private static async Task<RendererChild> StartAsync() => await RendererChild.StartAsync(await RendererSite.AngularAsync());
}
