using System.Globalization;
using Armature.Rendering;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>What one process holds after many pages, and after many pages that each leave something behind.</summary>
internal static class RendererMemoryCases
{
    private const int Pages = 10_000;

    // A page that keeps 100 kB for ever.
    private const string Leaking = "const kept = [];\nexport function render() {\n  kept.push(Buffer.alloc(100_000, 1));\n  return '<!doctype html>' + kept.length;\n}\n";

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "server"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "server", "site.mjs"), Leaking);
        return
        [
            await RunAsync("memory-react", Site.Open(await TestSites.ReactAsync()), "a process"),
            await RunAsync("memory-angular", Site.Open(await TestSites.AngularAsync()), "a process"),
            await RunAsync("memory-leak-recycled", Site.Open(folder.Path), "a process of a site that keeps 100 kB a page"),
        ];
    }

    private static async Task<BenchmarkCase> RunAsync(string name, Site site, string what)
    {
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { }, static options => options.Rendering.Processes = 1);
        var routes = RenderingSilo.Routes(Pages);
        await RenderingSilo.RenderAsync(silo, site, routes.Take(100));
        var first = NodeMemory.Largest();
        var most = first;
        var ours = await Measure.TimeAsync(async () =>
        {
            for (var done = 0; done < Pages; done += 500)
            {
                await RenderingSilo.RenderAsync(silo, site, routes.Skip(done).Take(500));
                most = Math.Max(most, NodeMemory.Largest());
            }
        });
        return new(name, "", null, ours, null, 1, string.Create(
            CultureInfo.InvariantCulture,
            $"{Pages:N0} pages in one place of the pool: {what} holds {first >> 20:N0} MiB after 100 pages, {NodeMemory.Largest() >> 20:N0} MiB at the end, at most {most >> 20:N0} MiB; replaced above {silo.Options.Rendering.RecycleAboveBytes >> 20:N0} MiB"));
    }
}
