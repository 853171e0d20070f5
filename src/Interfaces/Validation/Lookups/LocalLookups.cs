using System.Collections.Concurrent;

namespace Armature.Validation.Lookups;

/// <summary>Asks lookups in this process; their answers are kept as long as this is.</summary>
internal sealed class LocalLookups(IServiceProvider? services) : ILookupDesk, ILookups
{
    private ConcurrentDictionary<(string Name, Type Values), object>? _queues;

    public Task<LookupReply> FindAsync<TValue>(Lookup<TValue> lookup, IReadOnlyList<TValue> values, CancellationToken cancellationToken)
        where TValue : notnull =>
        ((LookupQueue<TValue>)LazyInitializer.EnsureInitialized(ref _queues).GetOrAdd((lookup.Name, typeof(TValue)), _ => Create(lookup))).FindAsync(values, cancellationToken);

    public async ValueTask<(LookupAnswer Answer, string? Failure)> FindAsync<TValue>(Lookup<TValue> lookup, TValue value, CancellationToken cancellationToken)
        where TValue : notnull
    {
        var reply = await FindAsync(lookup, [value], cancellationToken).ConfigureAwait(false);
        return (reply.Answers[0], reply.Failure);
    }

    private LookupQueue<TValue> Create<TValue>(Lookup<TValue> lookup)
        where TValue : notnull
    {
        var found = lookup.Find is null ? LookupDirectory.Find<TValue>(lookup.Name, services) : lookup;
        return new(found, found.Options.MaxCalls, found.Options.MaxRemembered);
    }
}
