using System.Globalization;
using Armature.Batching;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace Armature.Benchmarks;

/// <summary>The coordinator alone, with silos that answer at once: what a chunk costs it, and how that grows with silos and items.</summary>
internal static class CoordinatorCases
{
    private const int Rounds = 5;
    private static readonly int[] Silos = [1, 10, 100];
    private static readonly int[] Items = [10_000, 100_000, 1_000_000];

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var cases = new List<BenchmarkCase>();
        foreach (var items in Items)
        {
            foreach (var silos in Silos)
            {
                cases.Add(await MeasureAsync(services, silos, items));
            }
        }

        return cases;
    }

    private static async Task<BenchmarkCase> MeasureAsync(IServiceProvider services, int silos, int items)
    {
        var pages = Pages(items).ToArray();
        var chunks = 0;
        var ours = await Measure.MedianAsync(Rounds, async () => chunks = await RunAsync(services, silos, items, pages));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"cluster-coordinator-{silos}-silos-{items / 1_000}k"),
            "none",
            null,
            ours,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{items:N0} items of 10 ms in {chunks:N0} chunks: {ours * 1_000 / chunks:F1} µs a chunk"));
    }

    // As in its grain, everything of the coordinator runs one step at a time.
    private static async Task<int> RunAsync(IServiceProvider services, int silos, int items, PackedEntries[] pages)
    {
        var nodes = new SimulatedNodes(silos);
        var batch = new BatchRun(
            "batch",
            new BatchSpec { Handler = "handler", ItemType = "item", ResultType = "result" },
            new BatchSurroundings(
                nodes,
                new InMemoryBlobStore(TimeProvider.System),
                new BatchingOptions(),
                TimeProvider.System,
                services.GetRequiredService<Serializer>(),
                NullLogger.Instance));
        var scheduler = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        await scheduler.StartNew(async () =>
        {
            await batch.PrepareAsync();
            _ = batch.RunAsync();
            foreach (var page in pages)
            {
                await batch.AppendAsync(page, items);
            }
        }).Unwrap();
        await batch.Ended;
        var status = await scheduler.StartNew(() => batch.Status);
        return status.Succeeded == items
            ? nodes.Chunks
            : throw new InvalidOperationException($"The batch is {status.State}, and {status.Succeeded:N0} of {items:N0} items succeeded.");
    }

    private static IEnumerable<PackedEntries> Pages(int items)
    {
        var writer = new EntryWriter();
        for (var i = 0; i < items; i++)
        {
            writer.Add(i, EntryKind.Value, BitConverter.GetBytes(i));
            if (writer.Count == BatchLimits.MaxPageItems || i == items - 1)
            {
                yield return writer.Take();
            }
        }
    }
}
