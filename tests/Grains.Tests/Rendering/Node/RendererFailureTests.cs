namespace Armature.Rendering.Node;

/// <summary>Every way in which a page can fail while the process lives on.</summary>
public sealed class RendererFailureTests
{
    [Theory]
    [InlineData("/throw", "Error: thrown in a page\n    at /throw (site.mjs:", "Caused by: RangeError: the cause of it")]
    [InlineData("/throw-text", "'only text'", "")]
    [InlineData("/throw-after-await", "Error: thrown after a wait\n    at /throw-after-await (site.mjs:", "")]
    [InlineData("/reject", "Error: rejected by a page\n    at /reject (site.mjs:", "")]
    [InlineData("/reject-unhandled", "Error: a rejection without a handler\n    at /reject-unhandled (site.mjs:", "")]
    [InlineData("/reject-unhandled-later", "Error: a later rejection without a handler\n    at site.mjs:", "")]
    [InlineData("/number", "TypeError: render gives HTML", "it gave a number")]
    [InlineData("/no-html", "TypeError: render gives HTML", "it gave an object with text")]
    public async Task Render_PageFails_SaysWhyAndWhere(string route, string start, string part)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync(route);

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith(start);
        failed.Message.ShouldContain(part);
        failed.Message.ShouldNotContain("pages.mjs"); // The renderer's own frames help nobody.
        (await child.RenderAsync("/about")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Render_PageRejectsTwice_FailsWithTheFirstAndTheProcessLivesOn()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync("/reject-unhandled-twice");

        failed.Message.ShouldStartWith("Error: the first rejection without a handler");
        (await child.RenderAsync("/wait/20")).Status.ShouldBe(200);
        child.CloseInput();
        (await child.WaitForExitAsync()).ShouldBe((0, "/reject-unhandled-twice: rejected after the page had failed: the second one\n"));
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/unknown-by-undefined")]
    public async Task Render_NullOrUndefined_IsNoPage(string route)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync(route);

        failed.Code.ShouldBe("page_not_found");
        failed.Message.ShouldContain(route);
    }

    [Theory]
    [InlineData("/never")]
    [InlineData("/never-but-polite")]
    [InlineData("/abort-rejects-unhandled")]
    public async Task Render_PageNeverEnds_FailsAtItsTimeAndLaterPagesAreFine(string route)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync(route, timeoutMs: 50);

        failed.Code.ShouldBe("page_timeout");
        failed.Message.ShouldContain("50 ms");
        (await child.RenderAsync("/wait/1")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Cancel_PageInFlight_FailsIt()
    {
        await using var child = await RendererChild.StartPlainAsync();
        var (id, answer) = child.Ask("""{"op":"render","route":"/never"}""");
        await child.RenderAsync("/about"); // By then the first page has begun.

        child.Cancel(id);

        (await answer).Code.ShouldBe("page_cancelled");
    }

    [Fact]
    public async Task Cancel_PageThatHasNotBegun_NeverBeginsIt()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var answers = child.AskTogether(("/about", Cancelled: false), ("/exit", Cancelled: true));

        (await answers[0]).Status.ShouldBe(200);
        (await answers[1]).Code.ShouldBe("page_cancelled");
    }

    [Fact]
    public async Task Cancel_UnknownRequest_IsIgnored()
    {
        await using var child = await RendererChild.StartPlainAsync();

        child.Cancel(4711);

        (await child.RenderAsync("/about")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/big")]
    [InlineData("/big-stream")]
    public async Task Render_PageOverTheFrameLimit_FailsWithTheLimit(string route)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync($"{route}?bytes={2 * RendererChild.MaxFrameBytes}");

        failed.Code.ShouldBe("page_too_large");
        failed.Message.ShouldContain($"{RendererChild.MaxFrameBytes}");
        (await child.RenderAsync($"{route}?bytes={RendererChild.MaxFrameBytes - 1024}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("no json", "a request is JSON")]
    [InlineData("null", "\"op\" is")]
    [InlineData("""{"op":"paint"}""", "\"op\" is")]
    [InlineData("""{"op":"render"}""", "\"route\" is a path")]
    [InlineData("""{"op":"render","route":"about"}""", "\"route\" is a path")]
    [InlineData("""{"op":"render","route":"//evil.example/"}""", "leads elsewhere")]
    [InlineData("""{"op":"render","route":"/\\evil.example/"}""", "leads elsewhere")]
    [InlineData("""{"op":"render","route":"/\t/evil.example/"}""", "leads elsewhere")]
    [InlineData("""{"op":"render","route":"/","timeout_ms":0}""", "\"timeout_ms\"")]
    [InlineData("""{"op":"render","route":"/","headers":{"a":1}}""", "\"headers\"")]
    public async Task Render_NoRequest_SaysWhatOneIs(string request, string message)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.AskAsync(request);

        failed.Code.ShouldBe("bad_request");
        failed.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Render_SiteKeepsSomethingGlobal_IsSeenByTheNextPageOfTheProcessAlone()
    {
        await using var child = await RendererChild.StartPlainAsync();
        await using var other = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/leak")).Html.ShouldContain("rendered 1 times");
        (await child.RenderAsync("/leak")).Html.ShouldContain("rendered 2 times");
        (await other.RenderAsync("/leak")).Html.ShouldContain("rendered 1 times");
    }
}
