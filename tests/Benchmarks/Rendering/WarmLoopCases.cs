using Armature.Rendering;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>The same pages of the same bundle in as many bare Node processes, which is the limit: nobody renders them without rendering them.</summary>
internal static class WarmLoopCases
{
    private const int Rounds = 5;

    // The runtime compiles the methods of a page for the last time only after ten seconds and more.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        var angular = await TestSites.AngularAsync();
        var react = await TestSites.ReactAsync();
        return
        [
            await RunAsync("angular-vs-warm-loop", Site.Open(angular), pages: 1_000, atLeast: "0.93", "angular.mjs", Path.Combine(angular, "server", "main.server.mjs")),
            await RunAsync("react-vs-warm-loop", Site.Open(react), pages: 4_000, atLeast: "0.85", "module.mjs", Path.Combine(react, "server", "server.mjs"), Path.Combine(react, "client", "index.html")),
        ];
    }

    private static async Task<BenchmarkCase> RunAsync(string name, Site site, int pages, string atLeast, string loop, params string[] arguments)
    {
        await using var silo = await RenderingSilo.StartAsync();
        var processes = Environment.ProcessorCount;
        await using var bare = await BareRenderers.StartAsync(loop, processes, arguments);
        var routes = RenderingSilo.Routes(pages);
        await Measure.WarmUpAsync(WarmUp, () => bare.RunAsync(pages), () => RenderingSilo.RenderAsync(silo, site, routes));
        var (baseline, ours) = await Measure.InTurnAsync(Rounds, () => bare.RunAsync(pages), () => RenderingSilo.RenderAsync(silo, site, routes));
        return new(name, $"{processes} bare Node processes that write nothing", baseline, ours, 1, Rounds, string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{pages:N0} pages; {pages / ours * 1000:N0} a second against {pages / baseline * 1000:N0}; at least {atLeast}"));
    }
}
