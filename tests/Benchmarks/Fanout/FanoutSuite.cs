using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>What the engine costs, and how near a batch comes to the best that its slots allow.</summary>
internal static class FanoutSuite
{
    private const int Rounds = 9;
    private const int Slots = 64;

    // Short, and all of it the engine's own code: until that is compiled for good, and over few rounds, the figure jumps by half.
    private const int EmptyWarmups = 10;
    private const int EmptyRounds = 31;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var silo = await BenchmarkSilo.StartAsync(services => services
            .AddBatchHandler<EmptyWork>("empty")
            .AddBatchHandler<Waiting>("wait", options => options.Capacity = BatchCapacity.Fixed(Slots))
            .AddBatchHandler<GuideImageWork>("guide-images", options => options.Capacity = BatchCapacity.Fixed(Guide.ImageSlots))
            .AddBatchHandler<GuideJobWork>("guide-jobs", options => options.Capacity = BatchCapacity.Fixed(Guide.JobSlots))
            .AddCpuBatchHandler<Computing>("compute"));
        var cases = new List<BenchmarkCase>
        {
            await EmptyItemsAsync("fanout-empty-items", silo.Client, "10,000 items, co-hosted client; at most 50 ms"),
            await EmptyItemsAsync("fanout-empty-items-external", silo.OutsideClient, "10,000 items, client outside the process"),
            await TenMillisecondItemsAsync(silo),
            await SmallBesideLargeAsync(silo),
            await NeighbourAsync(silo),
            await Guide.ImagesAsync(silo),
            await Guide.JobsAsync(silo),
        };
        return cases;
    }

    private static async Task<BenchmarkCase> EmptyItemsAsync(string name, ArmatureClient client, string note)
    {
        var items = Enumerable.Range(0, 10_000).ToArray();
        for (var i = 0; i < EmptyWarmups; i++)
        {
            await client.Batches.RunAsync<int, int>("empty", items);
        }

        var ours = await Measure.MedianAsync(EmptyRounds, () => client.Batches.RunAsync<int, int>("empty", items));
        return new(name, "none", null, ours, null, EmptyRounds, note);
    }

    private static async Task<BenchmarkCase> TenMillisecondItemsAsync(BenchmarkSilo silo)
    {
        var items = Enumerable.Repeat(10, 6_400).ToArray();
        var (baseline, ours) = await Measure.InTurnAsync(
            5,
            () => LoopAsync(items, Slots),
            () => silo.Client.Batches.RunAsync<int, int>("wait", items));
        return new("fanout-10ms-items", $"Parallel.ForEachAsync, {Slots} at a time", baseline, ours, 1, 5, $"{items.Length:N0} items of 10 ms, {Slots} slots; at least 0.95");
    }

    private static async Task<BenchmarkCase> SmallBesideLargeAsync(BenchmarkSilo silo)
    {
        var small = Enumerable.Repeat(10, 10).ToArray();
        var alone = await Measure.MedianAsync(Rounds, () => silo.Client.Batches.RunAsync<int, int>("wait", small));
        var large = await silo.Client.Batches.SubmitAsync<int, int>("wait", Enumerable.Repeat(10, 100_000).ToArray());
        while ((await large.GetStatusAsync()).Done < 1_000)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        var beside = await Measure.MedianAsync(Rounds, () => silo.Client.Batches.RunAsync<int, int>("wait", small));
        var status = await large.GetStatusAsync();
        await large.CancelAsync();
        return status.State == BatchState.Running
            ? new("fanout-small-beside-large", "10 items of 10 ms alone", alone, beside, 1, Rounds, "the same beside 100,000 items of 10 ms; at least 0.33")
            : throw new InvalidOperationException("The large batch ended before the small ones: nothing was measured.");
    }

    private static async Task<BenchmarkCase> NeighbourAsync(BenchmarkSilo silo)
    {
        var neighbour = silo.Grains.GetGrain<INeighbourGrain>(0);
        await neighbour.PingAsync();
        var idle = await PingsAsync(neighbour, 2_000);
        var busy = await silo.Client.Batches.SubmitAsync<int, int>("compute", Enumerable.Repeat(20, 100_000).ToArray());
        while ((await busy.GetStatusAsync()).Done < 50)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        var loaded = await PingsAsync(neighbour, 2_000);
        await busy.CancelAsync();
        return new("fanout-neighbour-p99", "p99 of the call while idle", Measure.Percentile(idle, 0.99), Measure.Percentile(loaded, 0.99), null, 1, $"p99 of {loaded.Count:N0} calls while all CPU threads compute; under 10 ms");
    }

    private static async Task<List<double>> PingsAsync(INeighbourGrain neighbour, int count)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await neighbour.PingAsync();
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }

        return times;
    }

    internal static Task LoopAsync(IEnumerable<int> items, int width) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = width },
        async (item, cancellationToken) => await Task.Delay(TimeSpan.FromMilliseconds(item), TimeProvider.System, cancellationToken));
}
