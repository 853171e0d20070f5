using System.Globalization;
using Armature.Rendering;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>A site of which the data of one page in a hundred changed, against the whole of it.</summary>
internal static class IncrementalCase
{
    private const int Rounds = 5;
    private const int Pages = 1_000;
    private const int Changed = 10;

    public static async Task<BenchmarkCase> RunAsync()
    {
        var site = Site.Open(await TestSites.AngularAsync());
        await using var silo = await RenderingSilo.StartAsync();
        using var folder = new TemporaryFolder();
        var routes = RenderingSilo.Routes(Pages);
        var run = 0;
        var (full, incremental) = await Measure.InTurnAsync(
            Rounds,
            async () => Expect(Pages, await RenderingSilo.PreRenderAsync(silo, site, Path.Combine(folder.Path, $"full-{++run}"), routes, static _ => "1")),
            async () => Expect(Changed, await RenderingSilo.PreRenderAsync(silo, site, Path.Combine(folder.Path, "full-1"), routes, InputsOf(++run))));
        return new("incremental-1-percent", "the whole site", full, incremental, (double)Pages / Changed, Rounds, string.Create(
            CultureInfo.InvariantCulture, $"{Changed} of {Pages:N0} Angular pages changed; files written on both sides; at least 20"));
    }

    // Other pages change each time. What changed before stays as it became.
    private static Func<string, string?> InputsOf(int run) => route =>
        int.Parse(route.AsSpan(route.LastIndexOf('/') + 1), CultureInfo.InvariantCulture) < Changed ? run.ToString(CultureInfo.InvariantCulture) : "1";

    private static void Expect(int rendered, Rendering.Output.StaticSiteStats stats)
    {
        if (stats.PagesRendered != rendered)
        {
            throw new InvalidOperationException($"{stats.PagesRendered} pages were rendered, and not {rendered}.");
        }
    }
}
