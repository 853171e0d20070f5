namespace Armature.Benchmarks;

/// <summary>Three silos, one of them three times slower: ours against the ideal, and against plain Orleans as a user would write it.</summary>
internal static class BalanceCases
{
    private const int Rounds = 5;
    private static readonly int[] Slowness = [1, 1, 3];

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var cluster = await BenchmarkCluster.StartAsync(Slowness);
        var coordinator = await CoordinatorOnAFastSiloAsync(cluster);
        var (ours, workers, items) = await MeasureAsync(
            () => cluster.Client.Batches.RunAsync<int, int>(SimulatedWork.Name, Workload.Items),
            () => coordinator.RunOnWorkersAsync(Workload.Items),
            () => coordinator.RunOnItemsAsync(Workload.Items));
        var ideal = Workload.IdealMs(Slowness);
        return
        [
            new("cluster-balance", "ideal makespan, computed", ideal, ours, 1, Rounds, $"{Workload.Description}, 3 silos x {SiloSlots.Count} slots, one 3 x slower; at least 0.87"),
            new("cluster-vs-stateless-worker", "a grain that awaits StatelessWorker calls, on a fast silo", workers, ours, workers / ideal, Rounds, "the same work; at least 2"),
            new("cluster-vs-grain-per-item", "a grain that awaits a grain for each item", items, ours, items / ideal, Rounds, "the same work; at least 2"),
        ];
    }

    // The three in turn, after one round of each that does not count.
    private static async Task<(double Ours, double Workers, double Items)> MeasureAsync(Func<Task> ours, Func<Task> workers, Func<Task> items)
    {
        Func<Task>[] sides = [ours, workers, items];
        var times = sides.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var time = await Measure.TimeAsync(sides[side]);
                if (round > 0)
                {
                    times[side].Add(time);
                }
            }
        }

        return (Measure.Median(times[0]), Measure.Median(times[1]), Measure.Median(times[2]));
    }

    private static async Task<IPlainCoordinatorGrain> CoordinatorOnAFastSiloAsync(BenchmarkCluster cluster)
    {
        for (var key = 0; ; key++)
        {
            var coordinator = cluster.Grains.GetGrain<IPlainCoordinatorGrain>(key);
            if (await coordinator.GetSiloPortAsync() == cluster.SiloPort(0))
            {
                return coordinator;
            }
        }
    }
}
