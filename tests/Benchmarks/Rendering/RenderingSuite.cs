namespace Armature.Benchmarks;

/// <summary>Pages of JavaScript sites, against their frameworks' own prerenderers and against bare Node processes.</summary>
internal static class RenderingSuite
{
    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        .. await WarmLoopCases.RunAsync(),
        .. await GuidePagesCases.RunAsync(),
        await ProcessPerPageCase.RunAsync(),
        await IncrementalCase.RunAsync(),
        .. await NgPrerenderCases.RunAsync(),
        await AstroCase.RunAsync(),
        .. await RendererMemoryCases.RunAsync(),
    ];
}
