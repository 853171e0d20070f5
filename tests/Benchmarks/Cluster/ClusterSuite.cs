namespace Armature.Benchmarks;

/// <summary>Batches on several silos: how near they come to the best that the silos' slots allow, and what the coordinator costs.</summary>
internal static class ClusterSuite
{
    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        .. await BalanceCases.RunAsync(),
        await SpeedupCase.RunAsync(),
        .. await CoordinatorCases.RunAsync(),
        await RescueCase.RunAsync(),
    ];
}
