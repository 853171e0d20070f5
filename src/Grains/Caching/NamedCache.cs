using System.Text;

namespace Armature.Caching;

/// <summary>One cache on this silo: where its entries are, and what applies to them.</summary>
internal sealed class NamedCache(string name, int number, CacheStore store, int maxValueBytes, TimeSpan? defaultTtl)
{
    private long _hits;
    private long _misses;

    /// <summary>The number that its entries are counted by; those of caches without one of their own share 0.</summary>
    public int Number => number;

    /// <summary>What it holds, and what was read of it.</summary>
    public NamedCacheStatistics Statistics
    {
        get
        {
            var tally = Store.TallyOf(number);
            return new(name, Volatile.Read(ref _hits), Volatile.Read(ref _misses), tally.Entries, tally.Bytes, tally.Evicted);
        }
    }

    /// <summary>Its name and a zero, in UTF-8: what a <see cref="StoreKey"/> of it begins with.</summary>
    public byte[] Prefix { get; } = PrefixOf(name);

    public CacheStore Store { get; } = store;

    public int MaxValueBytes { get; } = maxValueBytes;

    /// <summary>For an entry that is written without one.</summary>
    public Expiry DefaultExpiry { get; } = defaultTtl is { } ttl ? new((long)ttl.TotalMilliseconds, ExpiryKind.Absolute) : Expiry.Never;

    /// <summary>What a request says of one of its keys.</summary>
    public Expiry ExpiryOf(CacheRequest request, int place)
    {
        if (request.Expiries is not { Length: > 0 } expiries)
        {
            return DefaultExpiry;
        }

        var expiry = expiries.Length == 1 ? expiries[0] : expiries[place];
        return expiry == default ? DefaultExpiry : new(expiry.Milliseconds, expiry.IsSliding ? ExpiryKind.Sliding : ExpiryKind.Absolute);
    }

    /// <summary>Refuses to make values anew ahead of an end that they do not have.</summary>
    /// <exception cref="ArgumentException">The request asks for it, and its entries have no time to live that counts from the write.</exception>
    public void ThrowIfNeverDue(CacheRequest request)
    {
        if (request.Load is { RefreshAhead: > 0 } && ExpiryOf(request, place: 0) is { Milliseconds: CacheTime.Never } or { Kind: ExpiryKind.Sliding })
        {
            throw new ArgumentException(
                $"RefreshAhead makes values anew after a part of their time to live, and those of the cache {name} have none that counts from the write. "
                + $"Give CacheLoadOptions.Ttl, Armature:Caching:DefaultTtl or Armature:Caching:Caches:{name}:DefaultTtl.",
                nameof(request));
        }
    }

    public void OnRead(long hits, long misses)
    {
        Interlocked.Add(ref _hits, hits);
        Interlocked.Add(ref _misses, misses);
        CachingInstruments.OnRead(hits, misses);
    }

    public static byte[] PrefixOf(string name) => [.. Encoding.UTF8.GetBytes(name), 0];
}
