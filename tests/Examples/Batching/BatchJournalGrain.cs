using System.Collections.Immutable;
using Armature.Batching;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Examples.Batching;

/// <summary>Orleans activates it for every batch of the cluster by itself, at the batch's first event.</summary>
[ImplicitStreamSubscription(BatchStreams.Namespace)]
internal sealed class BatchJournalGrain : Grain, IBatchJournalGrain, IStreamSubscriptionObserver
{
    private readonly List<BatchEventKind> _kinds = [];

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<BatchLifecycleEvent>().ResumeAsync((lifecycleEvent, _) =>
        {
            _kinds.Add(lifecycleEvent.Kind);
            return Task.CompletedTask;
        });

    public Task<ImmutableArray<BatchEventKind>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<BatchEventKind>>([.. _kinds]);
}
