using Armature.Batching;
using Armature.TestSilo;

namespace Armature.Chaos;

/// <summary>Batches, durable ones among them, and what happens to the cluster while they run. The same seed gives the same schedule.</summary>
internal sealed record ChaosSchedule(int Seed, IReadOnlyList<(IReadOnlyList<ChaosItem> Items, BatchOptions Options)> Batches, IReadOnlyList<ChaosStep> Steps)
{
    private const int MostWorkMilliseconds = 100_000;

    public static ChaosSchedule Draw(int seed)
    {
        var random = new Random(seed);
        var batches = Enumerable.Range(0, random.Next(1, 5)).Select(_ => DrawBatch(random)).ToList();
        var steps = Enumerable.Range(0, random.Next(2, 6)).Select(_ => DrawStep(random)).ToList();
        return new(seed, batches, steps);
    }

    private static (IReadOnlyList<ChaosItem> Items, BatchOptions Options) DrawBatch(Random random)
    {
        var longest = random.Next(10, 200);
        var count = MostWorkMilliseconds / longest;
        var poison = random.Next(4) == 0 ? random.Next(count) : -1;
        var items = Enumerable.Range(0, count).Select(i => new ChaosItem(random.Next(1, longest), IsPoison: i == poison)).ToList();
        return (items, new() { Durable = random.Next(2) == 0 });
    }

    private static ChaosStep DrawStep(Random random)
    {
        var acts = Enum.GetValues<ChaosAct>();
        return new(TimeSpan.FromMilliseconds(random.Next(200, 3_000)), acts[random.Next(acts.Length)], random.Next(100));
    }
}
