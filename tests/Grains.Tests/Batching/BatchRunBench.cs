using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>What tests of a bare coordinator share: a clock, a scheduler like a grain's, and the steps they are made of.</summary>
public abstract class BatchRunBench : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private protected FakeTimeProvider Time { get; } = new();

    private protected TaskFactory Scheduler { get; } = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    private protected Serializer Serializer => _services.GetRequiredService<Serializer>();

    private protected static BatchSpec Spec { get; } = new() { Handler = "handler", ItemType = "item", ResultType = "result" };

    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected BatchRun Create(FakeNodes nodes) => new("batch", Spec, SurroundingsOf(nodes));

    private protected BatchSurroundings SurroundingsOf(FakeNodes nodes) =>
        new(nodes, new InMemoryBlobStore(Time), new BatchingOptions(), Time, Serializer, NullLogger.Instance);

    private protected Task<BatchRun> StartAsync(FakeNodes nodes, int items) => StartAsync(nodes, items, items);

    private protected async Task<BatchRun> StartAsync(FakeNodes nodes, int items, int? count)
    {
        var batch = Create(nodes);
        await On(async () =>
        {
            await batch.PrepareAsync();
            _ = batch.RunAsync();
            await batch.AppendAsync(Items(items), count);
            return true;
        });
        return batch;
    }

    private protected Task TickAsync(BatchRun batch) => Scheduler.StartNew(batch.Tick);

    private protected static Task EndAsync(BatchRun batch) => batch.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private protected Task<T> On<T>(Func<Task<T>> step) => Scheduler.StartNew(step).Unwrap();

    private protected static async Task<List<HeldChunk>> TakeAsync(FakeNodes nodes, int count)
    {
        var chunks = new List<HeldChunk>();
        while (chunks.Count < count)
        {
            chunks.Add(await nodes.NextAsync());
        }

        return chunks;
    }

    private protected async Task<HeldChunk> AdvanceUntilNextAsync(FakeNodes nodes)
    {
        var next = nodes.NextAsync();
        await AdvanceUntilAsync(() => next.IsCompleted, "the item runs again");
        return await next;
    }

    /// <summary>Lets time pass, in steps, until something is so.</summary>
    private protected Task AdvanceUntilAsync(Func<bool> condition, string what) => Eventually.BecomesTrueAsync(
        () =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        what);

    private protected async Task<IEnumerable<BatchEvent>> LeftAsync(BatchRun batch)
    {
        var events = await On(() => batch.ReadEventsAsync(0, TimeSpan.Zero, CancellationToken.None));
        return events.Where(told => told.Kind == BatchEventKind.SiloLeft);
    }

    private protected async Task<IEnumerable<int>> ResultsAsync(BatchRun batch)
    {
        var page = await On(() => batch.ReadResultsAsync(0, TimeSpan.Zero, CancellationToken.None));
        return page.Entries.SelectMany(entries => entries.Indices).Order();
    }

    private protected static PackedEntries Items(int count)
    {
        var writer = new EntryWriter();
        for (var i = 0; i < count; i++)
        {
            writer.Add(i, EntryKind.Value, BitConverter.GetBytes(i));
        }

        return writer.Take();
    }

    private protected PackedEntries Errors(int index)
    {
        var writer = new EntryWriter();
        Serializer.GetSerializer<ItemError>().Serialize(new ItemError("failed", "It failed."), writer);
        writer.End(index, EntryKind.Error);
        return writer.Take();
    }
}
