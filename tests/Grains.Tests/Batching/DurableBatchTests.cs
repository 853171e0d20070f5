using Armature.Testing;
using Armature.Testing.Storage;

namespace Armature.Batching;

/// <summary>What a durable batch promises: recorded before it is acknowledged, read only when recorded, owned by one.</summary>
public sealed class DurableBatchTests : DurableBench
{
    [Fact]
    public async Task AppendAsync_NotYetRecorded_IsNotAcknowledgedNorItsRepetition()
    {
        var gate = new Gate();
        var store = new FaultyRecordStore(Kept);
        var nodes = new FakeNodes();
        var batch = await RunAsync(await On(() => ArchiveOn(store).BeginAsync(Id, Spec, SurroundingsOf(nodes))));
        store.CommitGate = gate;

        var first = On(() => batch.AppendAsync(Items(1), 1));
        await gate.WaitForEnteredAsync(1);
        var second = On(() => batch.AppendAsync(Items(1), 1));
        (await On(() => Task.FromResult(batch.Status.Total))).ShouldBe(1);
        first.IsCompleted.ShouldBeFalse();
        second.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await first).NextIndex.ShouldBe(1);
        (await second).NextIndex.ShouldBe(1);
        (await nodes.NextAsync()).Complete();
        await EndAsync(batch);
    }

    [Fact]
    public async Task ReadResultsAsync_NotYetRecorded_AreNotReadable()
    {
        var gate = new Gate();
        var store = new FaultyRecordStore(Kept);
        var nodes = new FakeNodes();
        var batch = await BeginAsync(store, nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        store.CommitGate = gate;

        chunks[0].Complete();
        await gate.WaitForEnteredAsync(1);
        (await ResultsAsync(batch)).ShouldBeEmpty();
        (await On(() => Task.FromResult(batch.Status.Done))).ShouldBe(0);
        gate.Open();
        chunks[1].Complete();

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe([0, 1]);
        (await RecordedAsync(Kept)).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task ResumeAsync_Ended_ReadsTheSameResultsAndTheEnd()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAsync(Kept, nodes, items: 3);
        await AnswerAllAsync(nodes, batch);
        var before = await On(() => batch.ReadEventsAsync(0, TimeSpan.Zero, CancellationToken.None));

        var again = await ResumeAsync(Kept, new FakeNodes());

        again.IsRunning.ShouldBeFalse();
        again.LatestStatus.State.ShouldBe(BatchState.Completed);
        again.LatestStatus.Succeeded.ShouldBe(3);
        (await ResultsAsync(again)).ShouldBe([0, 1, 2]);
        var after = await On(() => again.ReadEventsAsync(before[^1].Sequence + 1, TimeSpan.Zero, CancellationToken.None));
        after.ShouldHaveSingleItem().IsLast.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_AnotherOwnerHasCome_LeavesSilentlyAndCallsOffItsOwnChunks()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAsync(Kept, nodes, items: 4);
        var chunks = await TakeAsync(nodes, 2);
        var others = new FakeNodes(localPort: 2);
        var other = await ResumeAsync(Kept, others);

        chunks[0].Complete();
        await EndAsync(batch);

        batch.HasLeft.ShouldBeTrue();
        batch.LatestStatus.State.ShouldBe(BatchState.Running);
        await Eventually.BecomesTrueAsync(() => !nodes.Cancellations.IsEmpty, "its silos were told");
        nodes.Cancellations.ShouldAllBe(told => told.ChunkId != null);
        await AnswerAllAsync(others, other);
        (await RecordedAsync(Kept)).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task RunAsync_StoreRefusesForTooLong_LeavesAndTheNextGoesOn()
    {
        var store = new FaultyRecordStore(Kept);
        var nodes = new FakeNodes();
        var batch = await BeginAsync(store, nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);

        store.Fault = _ => RecordFault.FailsBefore;
        chunks[0].Complete();
        await EndAsync(batch);
        batch.HasLeft.ShouldBeTrue();

        var others = new FakeNodes(localPort: 2);
        var other = await ResumeAsync(Kept, others);
        await AnswerAllAsync(others, other);
        (await ResultsAsync(other)).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task CancelAsync_CoordinatorLost_StaysCancelled()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAsync(Kept, nodes, items: 9);
        await TakeAsync(nodes, 2);
        var store = new FaultyRecordStore(Kept);
        await On(async () =>
        {
            await batch.CancelAsync();
            return true;
        });

        var other = await ResumeAsync(store, new FakeNodes(localPort: 2));
        await EndAsync(other);

        other.LatestStatus.State.ShouldBe(BatchState.Cancelled);
    }

    [Fact]
    public async Task LeaveAsync_ChunksRun_RecordsWhatEndsAndTakesBackTheRest()
    {
        var nodes = new FakeNodes();
        nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 8);
        var chunks = await TakeAsync(nodes, 4);

        var leaving = Scheduler.StartNew(() => batch.LeaveAsync(TimeSpan.FromSeconds(5))).Unwrap();
        chunks[0].Complete();
        await Eventually.BecomesTrueAsync(async () => (await RecordedAsync(Kept)).Count == 1, "the result is recorded");
        leaving.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromSeconds(5));
        await leaving;

        batch.HasLeft.ShouldBeTrue();
        nodes.Cancellations.Count.ShouldBe(3);
        var recorded = (await RecordedBatch.ReadAsync(Kept, Id, Serializer, long.MaxValue, CancellationToken.None)).ShouldNotBeNull();
        recorded.Running.ShouldBeEmpty();
        recorded.End.ShouldBeNull();
        var others = new FakeNodes(localPort: 3, localCapacity: 9);
        var other = await ResumeAsync(Kept, others);
        var answered = await AnswerAllAsync(others, other);
        answered.SelectMany(chunk => chunk.Indices).ShouldNotContain(chunks[0].Indices[0]);
        other.LatestStatus.Succeeded.ShouldBe(8);
    }

    [Fact]
    public async Task AppendAsync_WhileLeaving_AcknowledgesNothingThatIsNotRecorded()
    {
        var nodes = new FakeNodes();
        var batch = await RunAsync(await On(() => ArchiveOn(Kept).BeginAsync(Id, Spec with { Durable = true }, SurroundingsOf(nodes))));
        await On(() => batch.AppendAsync(Items(1), null));
        await nodes.NextAsync();
        var leaving = Scheduler.StartNew(() => batch.LeaveAsync(TimeSpan.FromSeconds(5))).Unwrap();

        var reply = await On(() => batch.AppendAsync(Items(3), 3));

        reply.NextIndex.ShouldBe(1);
        reply.IsFull.ShouldBeTrue();
        Time.Advance(TimeSpan.FromSeconds(5));
        await leaving;
    }

    [Fact]
    public async Task ResumeAsync_OwnSiloDiedTwiceWithAnItem_NamesItAndItsNeighboursSucceed()
    {
        var first = new FakeNodes(localPort: 1, localCapacity: 3);
        await BeginAsync(Kept, first, items: 4);
        await TakeAsync(first, 4);

        // The process dies: nobody answers. Its successor has another address.
        var second = new FakeNodes(localPort: 2, localCapacity: 3);
        await ResumeAsync(Kept, second);
        var alone = await second.NextAsync();
        alone.Indices.ShouldHaveSingleItem();

        var third = new FakeNodes(localPort: 3, localCapacity: 3);
        var batch = await ResumeAsync(Kept, third);
        var answered = await AnswerAllAsync(third, batch);

        answered.SelectMany(chunk => chunk.Indices).Order().ShouldBe(Enumerable.Range(0, 4).Except(alone.Indices));
        answered.ShouldAllBe(chunk => chunk.Indices.Length == 1);
        batch.LatestStatus.Failed.ShouldBe(1);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task ResumeAsync_SiloOfRunningChunksLives_NothingIsSuspect()
    {
        var first = new FakeNodes(localPort: 1, localCapacity: 3);
        await BeginAsync(Kept, first, items: 4);
        await TakeAsync(first, 4);

        var second = new FakeNodes(localPort: 2, localCapacity: 3);
        second.Add(1, capacity: 3);
        var batch = await ResumeAsync(Kept, second);
        await TakeAsync(second, 4);

        (await On(() => Task.FromResult(batch.Status.Silos.Count(silo => silo.Running > 0)))).ShouldBe(2);
    }

    [Fact]
    public async Task ResumeAsync_RemoteSiloDiedBefore_ItsItemsAreStillSuspect()
    {
        var first = new FakeNodes();
        var remote = first.Add(2, capacity: 1);
        var begun = await BeginAsync(Kept, first, items: 4);
        var chunks = await TakeAsync(first, 4);
        var lost = chunks.Where(chunk => chunk.Silo.Equals(remote)).SelectMany(chunk => chunk.Indices).ToList();
        chunks.Where(chunk => !chunk.Silo.Equals(remote)).ToList().ForEach(chunk => chunk.Complete());
        var living = first.Add(3, capacity: 1);
        await Eventually.BecomesTrueAsync(() => begun.LatestStatus.Silos.Length == 3, "the third silo has joined");
        first.Kill(remote);
        (await first.NextAsync()).Silo.ShouldBe(living);

        var second = new FakeNodes(localPort: 4);
        second.Add(3, capacity: 1);
        var batch = await ResumeAsync(Kept, second);
        var answered = await AnswerAllAsync(second, batch);

        // The silo where the first of them was alone lives: it is as suspect as it was, and not named.
        answered.Select(chunk => chunk.Indices.ShouldHaveSingleItem()).ShouldBe(lost, ignoreOrder: true);
        answered.ShouldAllBe(chunk => chunk.Silo.Equals(living));
        batch.LatestStatus.Succeeded.ShouldBe(4);
    }
}
