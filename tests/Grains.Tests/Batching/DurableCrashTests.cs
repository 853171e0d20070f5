using Armature.Storage;
using Armature.Testing.Storage;
using CsCheck;

namespace Armature.Batching;

/// <summary>Coordinators that are lost at any commit: the results are those of a batch that lost none.</summary>
public sealed class DurableCrashTests : DurableBench
{
    private const int PageItems = 3;

    [Fact]
    public async Task ResumeAsync_CoordinatorsLostAtAnyCommit_GivesEveryResultOnceAndRunsNothingDoneAgain()
    {
        var crashes = Gen.Select(Gen.Int[0, 14], Gen.Bool).Array[1, 4];

        await Gen.Select(Gen.Int[0, 14], crashes).SampleAsync(
            async (items, losses) =>
            {
                await RunThroughAsync(items, losses);
                return true;
            },
            iter: 150,
            threads: 1);
    }

    private async Task RunThroughAsync(int items, (int Commits, bool IsApplied)[] losses)
    {
        var kept = new InMemoryRecordStore();
        for (var coordinator = 0; coordinator < losses.Length; coordinator++)
        {
            var (commits, isApplied) = losses[coordinator];
            await CoordinateAsync(kept, LostAt(kept, commits, isApplied), coordinator, items);
        }

        var last = (await CoordinateAsync(kept, kept, losses.Length, items)).ShouldNotBeNull();

        last.LatestStatus.State.ShouldBe(BatchState.Completed);
        last.LatestStatus.Succeeded.ShouldBe(items);
        (await ResultsAsync(last)).ShouldBe(Enumerable.Range(0, items));
    }

    /// <summary>A coordinator runs the batch until it ends or is lost. Its sender begins again with every coordinator.</summary>
    private async Task<BatchRun?> CoordinateAsync(InMemoryRecordStore kept, IRecordStore store, int coordinator, int items)
    {
        var done = await RecordedAsync(kept);
        done.ShouldBeUnique();
        var nodes = new FakeNodes(localPort: 100 + coordinator, localCapacity: 2);
        nodes.Add(99, capacity: 1);

        // The first coordinator's silo dies with it; later ones live on, for an item that was alone on a dead one would be named.
        for (var before = 1; before < coordinator; before++)
        {
            nodes.Add(100 + before, capacity: 1);
        }

        try
        {
            var archive = ArchiveOn(store);
            var batch = await RunAsync(await On(async () => await archive.ContainsAsync(Id, CancellationToken.None)
                ? (await archive.ResumeAsync(Id, SurroundingsOf(nodes), CancellationToken.None))!
                : await archive.BeginAsync(Id, Spec with { Durable = true }, SurroundingsOf(nodes))));
            var sending = SendAsync(batch, items);
            var answered = await AnswerAllAsync(nodes, batch);
            await sending;
            answered.SelectMany(chunk => chunk.Indices).Intersect(done).ShouldBeEmpty();
            return batch;
        }
        catch (RecordStoreException)
        {
            return null;
        }
    }

    private async Task SendAsync(BatchRun batch, int items)
    {
        var all = Items(items);
        var next = 0;
        try
        {
            do
            {
                var page = all.Slice(next, Math.Min(PageItems, items - next));
                var isLast = next + page.Count == items;
                next = Math.Min(items, (await On(() => batch.AppendAsync(page, isLast ? items : null))).NextIndex);
                if (isLast)
                {
                    return;
                }
            }
            while (true);
        }
        catch (RecordStoreException)
        {
            // The sender goes on with the next coordinator.
        }
    }

    private static FaultyRecordStore LostAt(InMemoryRecordStore kept, int commits, bool isApplied)
    {
        var store = new FaultyRecordStore(kept);
        var left = commits;
        store.Fault = method => method != nameof(IRecordStore.CommitAsync) || left-- > 0
            ? RecordFault.None
            : left == -1 && isApplied ? RecordFault.FailsAfter : RecordFault.FailsBefore;
        return store;
    }
}
