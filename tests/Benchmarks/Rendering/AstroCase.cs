using System.Globalization;
using Armature.Rendering;
using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>
/// Astro's static build of similar pages, less one of a single page; ours from the silo's start to the published site, less the same of a
/// single page. Both write each time into a folder that is not there yet, and none is removed before the end: some file systems make new
/// files slowly for a minute after that.
/// </summary>
internal static class AstroCase
{
    private const int Rounds = 3;
    private const int Pages = 1_000;

    public static async Task<BenchmarkCase> RunAsync()
    {
        using var folder = new TemporaryFolder();
        await Commands.RunAsync("cp", ["-r", Path.Combine(AppContext.BaseDirectory, "Rendering", "Astro") + "/.", folder.Path], folder.Path);
        await Commands.RunAsync("npm", ["install"], folder.Path);
        var react = await TestSites.ReactAsync();
        var site = Site.Open(react);
        var many = new List<double>();
        var one = new List<double>();
        var ours = new List<double>();
        var oursOfOne = new List<double>();
        var bare = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            many.Add(await BuildAsync(folder.Path, $"astro-{Pages}-{round}", Pages));
            one.Add(await BuildAsync(folder.Path, $"astro-1-{round}", 1));
            ours.Add((await RenderingSilo.StartAndPreRenderAsync(site, Pages, folder.File($"ours-{Pages}-{round}"))).TotalMilliseconds);
            oursOfOne.Add((await RenderingSilo.StartAndPreRenderAsync(site, 1, folder.File($"ours-1-{round}"))).TotalMilliseconds);
            bare.Add(await RenderBareAsync(react, folder.File($"bare-{round}")));
        }

        var baseline = Measure.Median(many) - Measure.Median(one);
        return new("react-vs-astro", "astro build, less one of a single page", baseline, Measure.Median(ours) - Measure.Median(oursOfOne), baseline / Measure.Median(bare), Rounds, string.Create(
            CultureInfo.InvariantCulture, $"{Pages:N0} pages of 15 KB, ours in React; whole builds {Measure.Median(many) / 1000:0.0} and {Measure.Median(one) / 1000:0.0} s, ours {Measure.Median(ours) / 1000:0.0} and {Measure.Median(oursOfOne) / 1000:0.0} s; limit: bare Node processes that render and write, {Measure.Median(bare) / 1000:0.00} s; Astro on a Node of its own, 22.21; at least 3"));
    }

    // The limit: new Node processes, one for each processor, which render the same pages and write them.
    private static async Task<double> RenderBareAsync(string site, string output)
    {
        Directory.CreateDirectory(output);
        await using var bare = await BareRenderers.StartAsync("module.mjs", Environment.ProcessorCount, Path.Combine(site, "server", "server.mjs"), Path.Combine(site, "client", "index.html"), output);
        return await Measure.TimeAsync(() => bare.RunAsync(Pages));
    }

    private static Task<double> BuildAsync(string folder, string output, int pages) => Measure.TimeAsync(async () =>
    {
        await Commands.RunAsync("npm", ["run", "build"], folder, ("PAGES", pages.ToString(CultureInfo.InvariantCulture)), ("OUTPUT", output), ("ASTRO_TELEMETRY_DISABLED", "1"));
        var written = Directory.EnumerateFiles(Path.Combine(folder, output, "products"), "index.html", SearchOption.AllDirectories).Count();
        if (written != pages)
        {
            throw new InvalidOperationException($"Astro wrote {written} of {pages} pages.");
        }
    });
}
