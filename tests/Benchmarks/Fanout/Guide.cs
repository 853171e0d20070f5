namespace Armature.Benchmarks;

/// <summary>The rows of the guide that the engine answers for, with the guide's own simulated latency per item.</summary>
internal static class Guide
{
    /// <summary>The guide says 8 times; 20 items in 8 slots take 3 rounds, which is 6.7. Ten slots allow 10.</summary>
    public const int ImageSlots = 10;

    /// <summary>The guide says 10 times; 20 slots allow 20.</summary>
    public const int JobSlots = 20;

    private const int Rounds = 5;

    public static Task<BenchmarkCase> ImagesAsync(BenchmarkSilo silo) =>
        RowAsync(silo, "guide-20-images", "guide-images", milliseconds: 1_000, ImageSlots, "the guide's 8 times");

    public static Task<BenchmarkCase> JobsAsync(BenchmarkSilo silo) =>
        RowAsync(silo, "guide-20-jobs", "guide-jobs", milliseconds: 100, JobSlots, "the guide's 10 times");

    private static async Task<BenchmarkCase> RowAsync(BenchmarkSilo silo, string name, string handler, int milliseconds, int slots, string says)
    {
        var items = Enumerable.Repeat(milliseconds, 20).ToArray();
        var baseline = await Measure.TimeAsync(() => FanoutSuite.LoopAsync(items, width: 1));
        var ours = await Measure.MedianAsync(Rounds, () => silo.Client.Batches.RunAsync<int, int>(handler, items));
        return new(name, "one after the other, once", baseline, ours, 20.0 / Math.Ceiling(20.0 / slots), Rounds, $"20 items of {milliseconds} ms, {slots} slots; {says}");
    }
}

/// <summary>The guide's image jobs.</summary>
internal sealed class GuideImageWork : Waiting;

/// <summary>The guide's jobs.</summary>
internal sealed class GuideJobWork : Waiting;
