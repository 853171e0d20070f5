using System.Collections.Immutable;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>What was changed, as a door says it to those outside the cluster. A door that does not answer is not asked again: the next time another one is, which may be behind another gateway.</summary>
internal sealed class CacheDoorFeed(Func<long, ICacheDoorGrain> door) : ICacheFeed
{
    private uint _number;

    public CacheDoorFeed(IGrainFactory grains)
        : this(number => grains.GetGrain<ICacheDoorGrain>(number))
    {
    }

    public async Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken)
    {
        var number = Volatile.Read(ref _number);
        try
        {
            return await door(number % CacheDoorRoute.Doors).ReadChangesAsync(since, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.CompareExchange(ref _number, number + 1, number);
            throw;
        }
    }
}
