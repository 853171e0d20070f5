using System.Text.Json;

namespace Armature.Rendering.Node;

/// <summary>What the module adapter makes of what a page gives.</summary>
public sealed class RendererPageTests
{
    [Fact]
    public async Task Render_Text_IsAPageOfStatus200()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync("/about");

        page.Status.ShouldBe(200);
        page.Header("content-type").ShouldBe("text/html; charset=utf-8");
        page.Html.ShouldContain("<h1>About</h1>");
    }

    [Fact]
    public async Task Render_Query_ReachesThePage()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/with-query?q=a%20b")).Html.ShouldContain("<p>a b</p>");
    }

    [Fact]
    public async Task Render_Context_HasEverythingOfTheContract()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.AskAsync("""{"op":"render","route":"/context?a=1","headers":{"accept-language":"de"}}""");

        var context = JsonElement.Parse(page.Html);
        context.GetProperty("route").GetString().ShouldBe("/context?a=1");
        context.GetProperty("origin").GetString().ShouldBe("https://example.com");
        context.GetProperty("url").GetString().ShouldBe("https://example.com/context?a=1");
        context.GetProperty("headers").GetProperty("accept-language").GetString().ShouldBe("de");
        context.GetProperty("template").ValueKind.ShouldBe(JsonValueKind.Null);
        context.GetProperty("signal").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Render_NotOnlyAscii_ComesAsUtf8()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/unicode")).Html.ShouldContain("Grüße, 世界 🌍");
    }

    [Fact]
    public async Task Render_StatusAndHeaders_AreKeptInLowerCaseWithoutCookies()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync("/status");

        page.Status.ShouldBe(418);
        page.Header("x-kind").ShouldBe("pot");
        page.Header("content-type").ShouldBe("text/html; charset=utf-8");
        page.Header("set-cookie").ShouldBeNull();
    }

    [Fact]
    public async Task Render_HeadersWithoutAValue_AreNotThere()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync("/header-undefined");

        page.Header("location").ShouldBeNull();
        page.Header("content-type").ShouldBe("text/html; charset=utf-8");
    }

    [Fact]
    public async Task Render_HeadersAsPairs_AreHeaders()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/header-pairs")).Header("x-kind").ShouldBe("pair");
    }

    [Theory]
    [InlineData("/header-break", "the header location has a line break")]
    [InlineData("/status-600", "the status of a page is a number from 200 to 599, but is 600")]
    [InlineData("/throw-unreadable", "an error that throws when it is read")]
    public async Task Render_WhatIsNoPage_FailsThePageAndSaysWhy(string route, string words)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync(route);

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldContain(words);
        (await child.RenderAsync("/about")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Render_Redirect_IsAResult()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync("/moved");

        page.Status.ShouldBe(301);
        page.Header("location").ShouldBe("/about");
        page.Html.ShouldBeEmpty();
    }

    [Fact]
    public async Task Render_Status404WithHtml_IsAResult()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync("/missing");

        page.Status.ShouldBe(404);
        page.Html.ShouldContain("<h1>Not found</h1>");
    }

    [Theory]
    [InlineData("/response", 201, "<h1>Response</h1></body></html>")]
    [InlineData("/web-stream", 200, "<p>in pieces</p></body></html>")]
    [InlineData("/node-stream", 200, "</html><p>bytes</p>")]
    public async Task Render_ResponseOrStream_IsReadToItsEnd(string route, int status, string end)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var page = await child.RenderAsync(route);

        page.Status.ShouldBe(status);
        page.Html.ShouldStartWith("<!doctype html>");
        page.Html.ShouldEndWith(end);
    }

    [Fact]
    public async Task Render_SiteLogs_GoesToStandardErrorWithTheRoute()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/logs")).Status.ShouldBe(200);

        child.CloseInput();
        var (_, errors) = await child.WaitForExitAsync();
        errors.ShouldBe("/logs: a note of the site\n/logs: a complaint of the site\nwritten by the site\n");
    }

    [Fact]
    public async Task Routes_ExportOfTheModule_AreListed()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var routes = await child.AskAsync("""{"op":"routes"}""");

        var list = JsonElement.Parse(routes.Text).GetProperty("routes").EnumerateArray()
            .Select(route => (route.GetProperty("path").GetString(), route.GetProperty("mode").GetString(), route.GetProperty("parameters").GetBoolean()))
            .ToArray();
        list.ShouldContain(("/about", "prerender", false));
        list.ShouldContain(("/products/19", "prerender", false));
        list.ShouldContain(("/products/:id", "server", true));
        list.ShouldContain(("/wait/*", "server", true));
    }
}
