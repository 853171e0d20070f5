using System.Text;

namespace Armature.Caching.Tier;

/// <summary>
/// The barriers of one partition that entries in the tier may be before. They stand longer than those in memory: nobody sweeps the
/// tier. Not thread-safe.
/// </summary>
internal sealed class TierBarriers
{
    private readonly Dictionary<byte[], PartitionBarriers> _caches = new(KeyComparer.Instance);

    /// <summary>Adds those that the tier has; false when there are too many.</summary>
    public bool TryLoad(IReadOnlyList<TierBarrier> barriers)
    {
        var areAll = true;
        foreach (var barrier in barriers)
        {
            var (prefix, parsed) = Parse(barrier);
            areAll &= Of(prefix).TryAdd(parsed);
        }

        return areAll;
    }

    /// <summary>Draws one.</summary>
    /// <param name="prefix">What the store's keys of the cache begin with.</param>
    /// <param name="barrier">The barrier.</param>
    /// <param name="replaced">The names of those that are replaced.</param>
    /// <returns>False when there are too many.</returns>
    public bool TryAdd(byte[] prefix, CacheBarrier barrier, out List<byte[]> replaced)
    {
        var barriers = Of(prefix);
        var name = NameOf(prefix, barrier);
        replaced = [.. barriers.All.Where(barrier.Replaces).Select(other => NameOf(prefix, other)).Where(other => !other.AsSpan().SequenceEqual(name))];
        return barriers.TryAdd(barrier);
    }

    public void Clear() => _caches.Clear();

    public IEnumerable<(byte[] Name, long Version)> All =>
        _caches.SelectMany(cache => cache.Value.All.Select(barrier => (NameOf(cache.Key, barrier), barrier.Version)));

    /// <summary>True when an entry is before a barrier that means it.</summary>
    public bool Stop(ReadOnlySpan<byte> key, in TierEntry entry)
    {
        if (_caches.Count == 0)
        {
            return false;
        }

        var prefix = StoreKey.PrefixOf(key);
        return _caches.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(prefix, out var barriers)
            && barriers.Stop(key[prefix.Length..], entry.Tags, entry.Version);
    }

    /// <summary>The name of a barrier: what the keys of its cache begin with, its kind, and its text.</summary>
    public static byte[] NameOf(byte[] prefix, CacheBarrier barrier) => [.. prefix, (byte)barrier.Kind, .. Encoding.UTF8.GetBytes(barrier.Text)];

    private static (byte[] Prefix, CacheBarrier Barrier) Parse(TierBarrier barrier)
    {
        var name = barrier.Name.Span;
        var prefix = StoreKey.PrefixOf(name).ToArray();
        var kind = (CacheSelectionKind)name[prefix.Length];
        var text = Encoding.UTF8.GetString(name[(prefix.Length + 1)..]);

        // One that a later version of the house has drawn, and that cannot be read here, means everything.
        var isKnown = kind <= CacheSelectionKind.Tag && (kind != CacheSelectionKind.Pattern || GlobPattern.TryParse(text, out _, out _));
        return (prefix, (isKnown ? CacheBarrier.Of(kind, text) : CacheBarrier.Of(CacheSelectionKind.All, string.Empty)).At(barrier.Version));
    }

    private PartitionBarriers Of(byte[] prefix)
    {
        if (!_caches.TryGetValue(prefix, out var barriers))
        {
            _caches.Add(prefix, barriers = new());
        }

        return barriers;
    }
}
