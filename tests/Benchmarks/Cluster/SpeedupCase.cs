namespace Armature.Benchmarks;

/// <summary>The same batch on one silo and on three.</summary>
internal static class SpeedupCase
{
    private const int Rounds = 5;

    public static async Task<BenchmarkCase> RunAsync()
    {
        await using var one = await BenchmarkCluster.StartAsync(1);
        await using var three = await BenchmarkCluster.StartAsync(1, 1, 1);
        var (alone, ours) = await Measure.InTurnAsync(
            Rounds,
            () => one.Client.Batches.RunAsync<int, int>(SimulatedWork.Name, Workload.Items),
            () => three.Client.Batches.RunAsync<int, int>(SimulatedWork.Name, Workload.Items));
        return new("cluster-speedup-3", "one silo", alone, ours, 3, Rounds, $"{Workload.Description}, {SiloSlots.Count} slots a silo; at least 2.85");
    }
}
