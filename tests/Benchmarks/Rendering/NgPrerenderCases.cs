using System.Globalization;
using Armature.Rendering;
using Armature.Testing;

namespace Armature.Benchmarks;

/// <summary>The prerender part of <c>ng build</c>: a build with it less one without.</summary>
internal static class NgPrerenderCases
{
    private const int Rounds = 3;
    private const int Pages = 1_000;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        using var workspace = await AngularWorkspace.CreateAsync();
        using var outputs = new TemporaryFolder();
        var plain = new List<double>();
        var byDefault = new List<double>();
        var byTwo = new List<double>();
        var ours = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            byDefault.Add(await BuildAsync(workspace, Pages, workers: null));
            byTwo.Add(await BuildAsync(workspace, Pages, workers: 2));

            // The last build is the one without prerendering, which is rendered by us.
            plain.Add(await BuildAsync(workspace, 0, workers: null));
            ours.Add((await RenderingSilo.StartAndPreRenderAsync(Site.Open(workspace.Dist), Pages, outputs.File($"ours-{round}"))).TotalMilliseconds);
        }

        return
        [
            Case("angular-vs-ng-prerender-default", "ng build's prerendering", byDefault, plain, ours, "1.4"),
            Case("angular-vs-ng-prerender-2-workers", "the same with NG_BUILD_MAX_WORKERS=2", byTwo, plain, ours, "1.15"),
        ];
    }

    private static async Task<double> BuildAsync(AngularWorkspace workspace, int pages, int? workers)
    {
        var taken = await Measure.TimeAsync(() => workspace.BuildAsync(pages, workers));
        return pages == 0 || workspace.CountPages() == pages
            ? taken
            : throw new InvalidOperationException($"ng build wrote {workspace.CountPages()} of {pages} pages.");
    }

    private static BenchmarkCase Case(string name, string baseline, List<double> with, List<double> without, List<double> ours, string atLeast) => new(
        name,
        baseline,
        Measure.Median(with) - Measure.Median(without),
        Measure.Median(ours),
        null,
        Rounds,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Pages:N0} pages; builds with it {Seconds(with)} s, without {Seconds(without)} s; ours from the silo's start to the published site {Seconds(ours)} s; at least {atLeast}"));

    private static string Seconds(List<double> rounds) => string.Join(" ", rounds.Select(static ms => (ms / 1000).ToString("0.0", CultureInfo.InvariantCulture)));
}
