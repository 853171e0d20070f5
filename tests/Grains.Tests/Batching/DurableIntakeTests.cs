using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.Batching;

/// <summary>What the senders of a durable batch are told while records are on their way.</summary>
public sealed class DurableIntakeTests : DurableBench
{
    private readonly Gate _gate = new();
    private readonly FakeNodes _nodes = new();

    [Fact]
    public async Task AppendAsync_AnotherCallersItemsComeMeanwhile_TellsOnlyOfWhatIsRecorded()
    {
        var (batch, _) = await BeginHeldAsync(new BatchingOptions());
        var first = On(() => batch.AppendAsync(Items(1), null));
        await _gate.WaitForEnteredAsync(1);
        var second = On(() => batch.AppendAsync(Items(3), 3));

        _gate.Release(1);

        (await first).NextIndex.ShouldBe(1);
        await _gate.WaitForEnteredAsync(2);
        second.IsCompleted.ShouldBeFalse();
        _gate.Open();
        (await second).NextIndex.ShouldBe(3);
    }

    [Fact]
    public async Task AppendAsync_NoRoomWhileOtherItemsAreBeingRecorded_TellsOfThemOnlyAfterwards()
    {
        var waiting = Items(20).Bytes.Length;
        var (batch, store) = await BeginHeldAsync(new BatchingOptions { MaxQueuedBytes = 2 * waiting });
        store.CommitGate = null;
        await On(() => batch.AppendAsync(Items(20), null));
        store.CommitGate = _gate;
        var taken = On(() => batch.AppendAsync(Items(21), null));
        await _gate.WaitForEnteredAsync(1);

        var refused = On(() => batch.AppendAsync(Items(60), null));
        await On(() => Task.FromResult(batch.Status));
        refused.IsCompleted.ShouldBeFalse();
        _gate.Open();

        (await refused).ShouldBe(new AppendReply(21, IsFull: true));
        (await taken).NextIndex.ShouldBe(21);
    }

    [Fact]
    public async Task AppendAsync_WhileLeavingAndOtherItemsAreBeingRecorded_TellsOfThemOnlyAfterwards()
    {
        var (batch, _) = await BeginHeldAsync(new BatchingOptions());
        var taken = On(() => batch.AppendAsync(Items(2), null));
        await _gate.WaitForEnteredAsync(1);
        var leaving = Scheduler.StartNew(() => batch.LeaveAsync(TimeSpan.FromSeconds(5))).Unwrap();

        var refused = On(() => batch.AppendAsync(Items(3), 3));
        await On(() => Task.FromResult(batch.Status));
        refused.IsCompleted.ShouldBeFalse();
        _gate.Open();

        (await refused).ShouldBe(new AppendReply(2, IsFull: true));
        (await taken).NextIndex.ShouldBe(2);
        Time.Advance(TimeSpan.FromSeconds(5));
        await leaving;
    }

    /// <summary>A batch whose commits stop at the gate from now on.</summary>
    private async Task<(BatchRun Batch, FaultyRecordStore Store)> BeginHeldAsync(BatchingOptions options)
    {
        var store = new FaultyRecordStore(Kept);
        var around = new BatchSurroundings(_nodes, new InMemoryBlobStore(Time), options, Time, Serializer, NullLogger.Instance);
        var batch = await RunAsync(await On(() => ArchiveOn(store).BeginAsync(Id, Spec with { Durable = true }, around)));
        store.CommitGate = _gate;
        return (batch, store);
    }
}
