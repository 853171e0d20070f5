using Armature.Rendering;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;
using Armature.Testing;

namespace Armature.Benchmarks;

/// <summary>Pages <c>/products/N</c> of a site, through a silo of the default host in this process.</summary>
internal static class RenderingSilo
{
    /// <summary>A silo with a Node process for each processor, as on a developer's machine.</summary>
    public static Task<BenchmarkSilo> StartAsync() =>
        BenchmarkSilo.StartAsync(static _ => { }, static options => options.Rendering.Processes = Environment.ProcessorCount);

    public static string[] Routes(int pages) => [.. Enumerable.Range(0, pages).Select(id => $"/products/{id}")];

    /// <summary>Renders pages into memory, one after the other out of it.</summary>
    public static async Task RenderAsync(BenchmarkSilo silo, Site site, IEnumerable<string> routes)
    {
        await foreach (var page in silo.Client.Rendering.StreamAsync(site, routes.ToAsyncEnumerable()))
        {
            ThrowIfFailed(page.Error);
        }
    }

    /// <summary>Everything from the start of the silo to the published site. The silo is alone and has no other systems that cost a start, as that of <c>armature render</c>.</summary>
    /// <param name="site">The site.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="output">The folder that becomes the site, which stays.</param>
    public static async Task<TimeSpan> StartAndPreRenderAsync(Site site, int pages, string output)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var silo = await BenchmarkSilo.StartAloneAsync(static options =>
        {
            options.Images.Enabled = false;
            options.Rendering.Processes = Environment.ProcessorCount;
        });
        var stats = await PreRenderAsync(silo, site, output, Routes(pages));
        var taken = TimeProvider.System.GetElapsedTime(started);
        return stats.PagesRendered == pages ? taken : throw new InvalidOperationException($"{stats.PagesRendered} of {pages} pages were rendered.");
    }

    public static async Task<StaticSiteStats> PreRenderAsync(
        BenchmarkSilo silo, Site site, string folder, IEnumerable<string> routes, Func<string, string?>? inputs = null)
    {
        var stats = await silo.Client.Rendering.PreRenderSiteAsync(site, folder, new()
        {
            Routes = RouteSource.From(routes.ToAsyncEnumerable()),
            InputsOf = inputs is null ? null : (route, _) => ValueTask.FromResult(inputs(route)),
        });
        ThrowIfFailed(stats.Failed.Select(static page => new ItemError(page.Code, page.Message)).FirstOrDefault());
        return stats;
    }

    private static void ThrowIfFailed(ItemError? error)
    {
        if (error is not null)
        {
            throw new InvalidOperationException($"{error.Code}: {error.Message}");
        }
    }
}
