using System.Globalization;
using Armature.Rendering;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>The guide's own way: a new Node process for every page, as many at a time as there are processors.</summary>
internal static class ProcessPerPageCase
{
    private const int Rounds = 3;
    private const int Pages = 1_000;
    private const int Measured = 40;

    public static async Task<BenchmarkCase> RunAsync()
    {
        var dist = await TestSites.AngularAsync();
        var site = Site.Open(dist);
        await using var silo = await RenderingSilo.StartAsync();
        var routes = RenderingSilo.Routes(Pages);
        var ours = await Measure.MedianAsync(Rounds, () => RenderingSilo.RenderAsync(silo, site, routes));
        var measured = await Measure.TimeAsync(() => Parallel.ForAsync(
            0,
            Measured,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (id, _) =>
            {
                await using var one = await BareRenderers.StartAsync("angular.mjs", 1, Path.Combine(dist, "server", "main.server.mjs"));
                await one.RunAsync(1);
            }));
        return new("process-per-page", "a new Node process for every page", measured / Measured * Pages, ours, null, Rounds, string.Create(
            CultureInfo.InvariantCulture, $"{Pages:N0} Angular pages; {Measured} of the baseline's were measured, {Environment.ProcessorCount} at a time"));
    }
}
