using System.Collections.Immutable;
using Armature.Validation.Lookups;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Armature.Validation;

// One call at a time: the number of parts is the number of calls at a time. It goes soon after its batch.
[RandomPlacement, CollectionAgeLimit(Minutes = 2)]
internal sealed partial class LookupGrain<TValue>(IServiceProvider services, ILogger<LookupGrain<TValue>> logger) : Grain, ILookupGrain<TValue>
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
        return new(lookup, maxCalls: 1, lookup.Options.MaxRemembered / lookup.Options.MaxCalls, exception => LogFailed(logger, exception, lookup.Name));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lookup {Lookup} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string lookup);
}
