namespace Armature.Benchmarks;

/// <summary>The store of cache entries (what it keeps when not all fit, what a million cost), and calls to the cache.</summary>
internal static class CacheSuite
{
    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        await HitRatioCase.RunAsync("hit-ratio-1", 0.01),
        await HitRatioCase.RunAsync("hit-ratio-10", 0.1),
        await MillionEntriesCase.RunAsync(),
        await PackingCase.RunAsync(),
        await StampedeCase.RunAsync(),
        .. await InProcessCases.RunAsync(),
        .. await TierCases.RunAsync(),
        .. await ExternalCases.RunAsync(),
    ];
}
