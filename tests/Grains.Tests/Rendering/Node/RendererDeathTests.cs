using System.Text;
using Armature.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.Rendering.Node;

/// <summary>Pages that end the process, and what is heard of it.</summary>
public sealed class RendererDeathTests
{
    [Theory]
    [InlineData("/throw-late", "An error was thrown by /throw-late, which had been answered, and nobody caught it: Error: thrown after the page")]
    [InlineData("/reject-late", "A promise was rejected by /reject-late, which had been answered, and nobody handled it: Error: rejected after the page")]
    public async Task Render_PageFailsAfterItsAnswer_EndsTheProcessWithTheRoute(string route, string reason)
    {
        await using var child = await RendererChild.StartPlainAsync();
        (await child.RenderAsync(route)).Status.ShouldBe(200);

        var (exitCode, errors) = await child.WaitForExitAsync();

        exitCode.ShouldBe(1);
        errors.ShouldContain(reason);
        errors.ShouldContain("site.mjs:");
    }

    [Fact]
    public async Task Render_PageThrowsInATimer_FailsThePageAndThenEndsTheProcess()
    {
        await using var child = await RendererChild.StartPlainAsync();
        var neighbour = child.RenderAsync("/never");

        var failed = await child.RenderAsync("/throw-in-timer");

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith("Error: thrown in a timer");
        (await neighbour).ShouldBe(RendererAnswer.Died);
        var (exitCode, errors) = await child.WaitForExitAsync();
        exitCode.ShouldBe(1);
        errors.ShouldStartWith("An error was thrown by /throw-in-timer and nobody caught it: Error: thrown in a timer");
    }

    [Fact]
    public async Task Render_PageExits_EndsTheProcessWithTheRoute()
    {
        await using var child = await RendererChild.StartPlainAsync();

        (await child.RenderAsync("/exit")).ShouldBe(RendererAnswer.Died);

        var (exitCode, errors) = await child.WaitForExitAsync();
        exitCode.ShouldBe(1);
        errors.ShouldStartWith("Error: process.exit(0) was called by /exit\n    at /exit (site.mjs:");
    }

    [Fact]
    public async Task Render_RejectionOfOnePageOfSeveral_FailsThatPageAlone()
    {
        await using var child = await RendererChild.StartPlainAsync();
        var waiting = child.RenderAsync("/wait/200");

        (await child.RenderAsync("/reject-unhandled-later")).Code.ShouldBe("page_failed");

        (await waiting).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Render_PageTakesAllMemory_DiesOfNodesOwnLimit(bool angular)
    {
        var site = angular ? await RendererSite.AngularAsync() : RendererSite.Plain;
        await using var pool = await StartPoolAsync(site, new() { Size = 1, RequestTimeout = TimeSpan.FromMinutes(10) }, "--max-old-space-size=64");

        var death = await Should.ThrowAsync<ProcessDiedException>(() => RenderAsync(pool.Pool, "/hog"));

        death.Cause.ShouldBe(ProcessDeathCause.Exited);
        death.StandardError.ShouldContain("heap out of memory");
        await RenderAsync(pool.Pool, "/about");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Render_PageLoopsForEver_IsKilledAtTheDeadlineAndReplaced(bool angular)
    {
        var site = angular ? await RendererSite.AngularAsync() : RendererSite.Plain;
        await using var pool = await StartPoolAsync(site, new() { Size = 1, RequestTimeout = TimeSpan.FromSeconds(10) });

        var death = await Should.ThrowAsync<ProcessDiedException>(() => RenderAsync(pool.Pool, "/loop"));

        death.Cause.ShouldBe(ProcessDeathCause.DeadlineExceeded);
        await RenderAsync(pool.Pool, "/about");
    }

    private static async Task<RunningPool> StartPoolAsync(RendererSite site, ProcessPoolOptions options, params string[] flags)
    {
        var renderer = await UnpackedRenderer.CreateAsync();
        options.StartTimeout = TimeSpan.FromMinutes(5);
        options.AdaptsInFlight = true;
        options.MaxInFlight = site.MaxInFlight;
        var command = new ChildCommand(UnpackedRenderer.Node, renderer.Arguments(site, flags));
        var pool = new ProcessPool("rendering", command, options, TimeProvider.System, NullLogger<ProcessPool>.Instance);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        return new RunningPool(pool, renderer);
    }

    private static async Task RenderAsync(ProcessPool pool, string route)
    {
        var request = Encoding.UTF8.GetBytes($$"""{"op":"render","route":"{{route}}"}""");
        using var frame = await pool.SendAsync([request], TestContext.Current.CancellationToken);
        RendererAnswer.OfResponse(frame.Payload.ToArray()).Status.ShouldBe(200);
    }

    private sealed record RunningPool(ProcessPool Pool, UnpackedRenderer Renderer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Pool.DisposeAsync();
            Renderer.Dispose();
        }
    }
}
