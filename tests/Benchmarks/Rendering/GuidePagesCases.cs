using System.Globalization;
using Armature.Rendering;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>The guide's pages: each only waits.</summary>
internal static class GuidePagesCases
{
    private const int Rounds = 3;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        await RunAsync("guide-100-pages", pages: 100, milliseconds: 1_000, says: "16.7"),
        await RunAsync("guide-1000-pages", pages: 1_000, milliseconds: 100, says: "17.2"),
    ];

    private static async Task<BenchmarkCase> RunAsync(string name, int pages, int milliseconds, string says)
    {
        await using var silo = await RenderingSilo.StartAsync();
        var site = Site.Open(TestSites.Plain, new() { Entry = "site.mjs" });
        string[] routes = [.. Enumerable.Range(0, pages).Select(i => string.Create(CultureInfo.InvariantCulture, $"/wait/{milliseconds}?i={i}"))];
        var ours = await Measure.MedianAsync(Rounds, () => RenderingSilo.RenderAsync(silo, site, routes));
        var baseline = await Measure.TimeAsync(async () =>
        {
            foreach (var route in routes)
            {
                await silo.Client.Rendering.RenderAsync(site, route);
            }
        });
        var inFlight = Environment.ProcessorCount * site.Description.MaxPagesPerProcess;
        return new(name, "the same pages one after the other, once", baseline, ours, pages, Rounds, string.Create(
            CultureInfo.InvariantCulture, $"{pages:N0} pages that wait {milliseconds:N0} ms; up to {inFlight} in flight; the guide's {says} times"));
    }
}
