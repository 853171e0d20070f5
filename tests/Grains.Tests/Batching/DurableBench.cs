using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Armature.Batching;

/// <summary>What tests of bare durable coordinators share: records with faults, and coordinators that come one after the other.</summary>
public abstract class DurableBench : BatchRunBench
{
    private protected const string Id = "batch";

    private protected InMemoryRecordStore Kept { get; } = new();

    /// <summary>The archive of a coordinator whose store has no faults but those that the test sets.</summary>
    private protected BatchArchive ArchiveOn(IRecordStore store)
    {
        var options = new ArmatureOptions();
        options.Storage.RecordRetryTime = TimeSpan.Zero;
        return new(store, new InMemoryBlobStore(Time), Serializer, Options.Create(options), Time, NullLogger<BatchArchive>.Instance);
    }

    private protected async Task<BatchRun> BeginAsync(IRecordStore store, FakeNodes nodes, int items)
    {
        var batch = await RunAsync(await On(() => ArchiveOn(store).BeginAsync(Id, Spec with { Durable = true }, SurroundingsOf(nodes))));
        await On(() => batch.AppendAsync(Items(items), items));
        return batch;
    }

    /// <summary>Another coordinator takes the batch over.</summary>
    private protected async Task<BatchRun> ResumeAsync(IRecordStore store, FakeNodes nodes) =>
        await RunAsync((await On(() => ArchiveOn(store).ResumeAsync(Id, SurroundingsOf(nodes), CancellationToken.None))).ShouldNotBeNull());

    private protected async Task<BatchRun> RunAsync(BatchRun batch)
    {
        await On(async () =>
        {
            await batch.PrepareAsync();
            if (batch.IsRunning)
            {
                _ = batch.RunAsync();
            }

            return true;
        });
        return batch;
    }

    /// <summary>The indices whose results are recorded, each as often as it is.</summary>
    private protected async Task<List<int>> RecordedAsync(IRecordStore store)
    {
        var recorded = await RecordedBatch.ReadAsync(store, Id, Serializer, long.MaxValue, CancellationToken.None);
        return [.. recorded?.Results.SelectMany(page => page.Indices).Order() ?? Enumerable.Empty<int>()];
    }

    /// <summary>Silos answer every chunk until the batch ends or leaves.</summary>
    private protected static async Task<List<HeldChunk>> AnswerAllAsync(FakeNodes nodes, BatchRun batch)
    {
        var answered = new List<HeldChunk>();
        while (true)
        {
            using var stop = new CancellationTokenSource();
            var next = nodes.NextAsync(stop.Token);
            if (await Task.WhenAny(next, EndAsync(batch)) != next)
            {
                await stop.CancelAsync();
                await EndAsync(batch);
                return answered;
            }

            var chunk = await next;
            answered.Add(chunk);
            chunk.Complete();
        }
    }

    /// <summary>Three items; the silo that had one of them dies, and another is there for it.</summary>
    private protected async Task<BatchRun> BeginAndKillAsync(FakeNodes nodes)
    {
        var doomed = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 3);
        var chunks = await TakeAsync(nodes, 3);
        var living = nodes.Add(3, capacity: 1);
        await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Any(silo => silo.Silo == living.ToString()), "the third silo has joined");
        var onDoomed = chunks.Where(chunk => chunk.Silo.Equals(doomed)).ToList();
        chunks.Except(onDoomed).ToList().ForEach(chunk => chunk.Complete());
        onDoomed.Skip(1).ToList().ForEach(chunk => chunk.Complete());
        await Eventually.BecomesTrueAsync(() => Task.FromResult(batch.Status.Done == 2), "the others are done");
        nodes.Kill(doomed);
        return batch;
    }

    private protected async Task<RecordedBatch> RecordedBatchAsync() =>
        (await RecordedBatch.ReadAsync(Kept, Id, Serializer, long.MaxValue, CancellationToken.None)).ShouldNotBeNull();

    private protected async Task<List<string>> MarksAsync()
    {
        var recorded = await RecordedBatchAsync();
        return [.. recorded.Alone.Concat(recorded.Beside).Select(mark => mark.Key.Split('/')[0])];
    }
}
