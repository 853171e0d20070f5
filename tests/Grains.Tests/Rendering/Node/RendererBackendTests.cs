using Armature.Testing;

namespace Armature.Rendering.Node;

/// <summary>Pages whose data comes from a server: a failure of that server is told from one of the page.</summary>
public sealed class RendererBackendTests : IDisposable
{
    private readonly TestBackend _backend = new();

    public void Dispose() => _backend.Dispose();

    [Theory]
    [InlineData("/backend")]
    [InlineData("/backend-http")]
    public async Task Render_BackendAnswers_IsAPage(string page)
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync($"{page}?backend={_backend.Address(200)}")).Html.ShouldContain("data of the backend");
    }

    [Theory]
    [InlineData("/backend", 429)]
    [InlineData("/backend", 500)]
    [InlineData("/backend", 503)]
    [InlineData("/backend-http", 429)]
    [InlineData("/backend-http", 503)]
    public async Task Render_BackendIsOverloadedOrBroken_IsTheBackendsFailure(string page, int status)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync($"{page}?backend={_backend.Address(status)}?key=secret");

        failed.Code.ShouldBe("backend_failed");
        failed.Message.ShouldStartWith($"GET {_backend.Address(status)} answered {status}\nError: the backend answered {status}\n");
        failed.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("/backend")]
    [InlineData("/backend-http")]
    public async Task Render_BackendRefusesThePage_IsThePagesFailure(string page)
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync($"{page}?backend={_backend.Address(404)}")).Code.ShouldBe("page_failed");
    }

    [Theory]
    [InlineData("/backend")]
    [InlineData("/backend-http")]
    public async Task Render_NoBackendIsThere_IsTheBackendsFailure(string page)
    {
        await using var child = await RendererChild.StartPlainAsync();

        var failed = await child.RenderAsync($"{page}?backend=http://127.0.0.1:{FreePort.Next()}/");

        failed.Code.ShouldBe("backend_failed");
        failed.Message.ShouldContain("failed: ECONNREFUSED");
    }

    [Fact]
    public async Task Render_PageDoesWithoutItsBackend_IsAPage()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync($"/backend-ignored?backend={_backend.Address(503)}")).Html.ShouldContain("answered 503");
    }

    [Fact]
    public async Task Render_SeveralInFlight_OnlyThePageWithTheFailureHasIt()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            child.RenderAsync($"/backend?backend={_backend.Address(i % 2 == 0 ? 503 : 404)}")));

        answers.Select(answer => answer.Code).ShouldBe(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "backend_failed" : "page_failed"));
    }
}
