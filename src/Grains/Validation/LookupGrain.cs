using System.Collections.Immutable;
using Armature.Validation.Lookups;
using Orleans.Placement;

namespace Armature.Validation;

// One call at a time: the number of parts is the number of calls at a time. It goes soon after its batch.
[RandomPlacement, CollectionAgeLimit(Minutes = 2)]
internal sealed class LookupGrain<TValue>(IServiceProvider services) : Grain, ILookupGrain<TValue>
    where TValue : notnull
{
    // Well under the call's own limit: a message that was lost with a silo is missed soon.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private LookupQueue<TValue>? _queue;

    public Task<LookupReply?> FindAsync(ImmutableArray<TValue> values, CancellationToken cancellationToken) =>
        (_queue ??= CreateQueue()).TryFindAsync(values, Patience, cancellationToken);

    private LookupQueue<TValue> CreateQueue()
    {
        var lookup = LookupDirectory.Find<TValue>(this.GetPrimaryKeyString().Split('/')[1], services);
        return new(lookup, maxCalls: 1, lookup.Options.MaxRemembered / lookup.Options.MaxCalls);
    }
}
