using System.Collections.Immutable;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Batching;

public sealed class ItemSenderTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public async Task AbandonAsync_CancelledBeforeTheFirstAnswer_CancelsTheBatchThatMayRun()
    {
        using var cancellation = new CancellationTokenSource();
        var grain = new SilentBatch();
        var sender = new ItemSender<int>(
            "batch",
            new BatchSpec { Handler = "handler", ItemType = "item", ResultType = "result" },
            grain,
            new EntryCodec<int>(_services.GetRequiredService<Serializer<int>>(), new InMemoryBlobStore(TimeProvider.System)),
            new CallRetry(TimeProvider.System));

        var sending = sender.SendAsync(new[] { 1 }.ToAsyncEnumerable(), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        await sender.AbandonAsync();

        grain.IsCancelled.ShouldBeTrue();
    }

    public void Dispose() => _services.Dispose();

    /// <summary>A batch that takes its first page and never says so.</summary>
    private sealed class SilentBatch : IBatchGrain
    {
        public bool IsCancelled { get; private set; }

        public async Task<AppendReply> SubmitAsync(BatchSpec spec, PackedEntries items, int? count, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new NotSupportedException();
        }

        public Task CancelAsync(CancellationToken cancellationToken)
        {
            IsCancelled = true;
            return Task.CompletedTask;
        }

        public Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
