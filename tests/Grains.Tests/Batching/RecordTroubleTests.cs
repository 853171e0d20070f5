using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>What the callers of durable batches read when the record store fails them.</summary>
public sealed class RecordTroubleTests : IAsyncLifetime
{
    private const string Reason = "Record store memory: a fault of the test.";

    private readonly Gate _gate = new();
    private readonly InMemoryRecordStore _kept = new();
    private readonly FaultyRecordStore _records;
    private ArmatureCluster? _cluster;

    public RecordTroubleTests() => _records = new(_kept);

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        1,
        services => services.AddSingleton<IRecordStore>(_records).AddSingleton(_gate).AddBatchHandler<Gated>("gated"),
        options => options.Batching.ResumeInterval = TimeSpan.FromSeconds(1));

    public async ValueTask DisposeAsync()
    {
        _records.Fault = _ => RecordFault.None;
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Theory]
    [InlineData("ReadManyAsync")]
    [InlineData("OpenAsync")]
    public async Task SubmitAsync_RecordsCannotBeUsed_SaysWhichStoreAndWhy(string failing)
    {
        _records.Fault = method => method == failing ? RecordFault.FailsBefore : RecordFault.None;

        var thrown = await Should.ThrowAsync<BatchHandoverException>(SubmitAsync("begins", count: 0));

        thrown.Message.ShouldContain(Reason);
        thrown.InnerException.ShouldBeOfType<RecordStoreException>().Location.ShouldBe("memory");
    }

    [Fact]
    public async Task AppendAsync_CommitsAreRepeated_SaysWhyBeforeTheCallEnds()
    {
        await SubmitAsync("waits", count: null);
        _records.Fault = method => method == "CommitAsync" ? RecordFault.FailsBefore : RecordFault.None;

        var thrown = await Should.ThrowAsync<BatchHandoverException>(
            Grain("waits").AppendAsync(PackedEntries.Empty, 0, CancellationToken.None));

        thrown.Message.ShouldContain(Reason);
        _records.Fault = _ => RecordFault.None;
        await Eventually.BecomesTrueAsync(
            async () => (await Grain("waits").GetStatusAsync(CancellationToken.None)).State == BatchState.Completed, "the batch goes on");
    }

    [Fact]
    public async Task ReadEventsAsync_CommitsAreRepeated_TellsWhatTheBatchWaitsFor()
    {
        await SubmitAsync("told", count: null);
        _records.Fault = method => method == "CommitAsync" ? RecordFault.FailsBefore : RecordFault.None;

        var sealing = Should.ThrowAsync<BatchHandoverException>(Grain("told").AppendAsync(PackedEntries.Empty, 0, CancellationToken.None));

        await Eventually.BecomesTrueAsync(async () => (await WaitingAsync())?.Contains(Reason) == true, "an event says what the batch waits for");
        await sealing;
        _records.Fault = _ => RecordFault.None;
        await Eventually.BecomesTrueAsync(async () => await WaitingAsync() is null, "an event says that it waits no more");

        async Task<string?> WaitingAsync() => (await Grain("told").ReadEventsAsync(0, CancellationToken.None))[^1].Status.Waiting;
    }

    [Fact]
    public async Task RunAsync_RecordsAreGone_SaysSoAndDoesNotAdviseWhatIsSet()
    {
        var running = _cluster!.Client.Batches.RunAsync<int, int>("gated", [1, 2, 3], new() { Id = "emptied", Durable = true });
        await _gate.WaitForEnteredAsync(3);
        var partition = BatchKeys.Partition("emptied");
        await _kept.DeletePartitionAsync(partition, await _kept.OpenAsync(partition, CancellationToken.None), CancellationToken.None);
        _gate.Open();

        var thrown = await Should.ThrowAsync<BatchLostException>(running);

        thrown.Message.ShouldContain("its records are gone from the record store");
        thrown.Message.ShouldNotContain("Durable = true");
    }

    [Fact]
    public async Task OpenBatches_ALookIsCancelledByTheCluster_LooksAgain()
    {
        var looks = 0;

        _records.Fault = method => method == "ListPartitionsAsync" && Interlocked.Increment(ref looks) == 1
            ? throw new OperationCanceledException()
            : RecordFault.None;

        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref looks) > 1, "the silo looks for batches again");
    }

    private Task<AppendReply> SubmitAsync(string id, int? count) => Grain(id).SubmitAsync(
        new() { Handler = "gated", ItemType = "System.Int32", ResultType = "System.Int32", Submission = Guid.NewGuid(), Durable = true },
        PackedEntries.Empty,
        count,
        CancellationToken.None);

    private IBatchGrain Grain(string id) => _cluster!.Cluster.Client.GetGrain<IBatchGrain>(id);

    private sealed class Gated(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }
}
