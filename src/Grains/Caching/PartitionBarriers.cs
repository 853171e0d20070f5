namespace Armature.Caching;

/// <summary>
/// The barriers of one cache in one partition. An entry that is newer than the newest of them costs one comparison. They are few: what
/// they stop is swept out of the store, and then they are forgotten. Thread-safe.
/// </summary>
internal sealed class PartitionBarriers
{
    /// <summary>Barriers of one cache in one partition. With more, old entries would be compared with too many before they are swept.</summary>
    public const int MaxCount = 1_000;

    private readonly Lock _writing = new();

    // By version, the newest last. Never changed once it is here: a read takes no lock.
    private CacheBarrier[] _barriers = [];

    /// <summary>All that stand, the newest last; never changed.</summary>
    public CacheBarrier[] All => Volatile.Read(ref _barriers);

    /// <summary>Draws a barrier, in place of those that it replaces. False when there are too many: sweep, forget, and draw again.</summary>
    public bool TryAdd(CacheBarrier barrier)
    {
        lock (_writing)
        {
            if (Array.Exists(_barriers, other => other.Replaces(barrier)))
            {
                return true;
            }

            var kept = Array.FindAll(_barriers, other => !barrier.Replaces(other));
            if (kept.Length == MaxCount)
            {
                return false;
            }

            var older = Array.FindLastIndex(kept, other => other.Version <= barrier.Version) + 1;
            Volatile.Write(ref _barriers, [.. kept.AsSpan(0, older), barrier, .. kept.AsSpan(older)]);
            return true;
        }
    }

    /// <summary>True when an entry is before a barrier that means it: it is gone.</summary>
    public bool Stop(ReadOnlySpan<byte> key, PackedTags tags, long version) => Stop(All, key, tags, version);

    /// <inheritdoc cref="Stop(ReadOnlySpan{byte}, PackedTags, long)"/>
    public static bool Stop(CacheBarrier[] barriers, ReadOnlySpan<byte> key, PackedTags tags, long version)
    {
        for (var i = barriers.Length - 1; i >= 0 && barriers[i].Version > version; i--)
        {
            if (barriers[i].Means(key, tags))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Forgets barriers up to a version. Only once nothing that they stop is in the store any more, and no write that took a lower
    /// number is under way.
    /// </summary>
    public void Forget(long version)
    {
        lock (_writing)
        {
            Volatile.Write(ref _barriers, Array.FindAll(_barriers, barrier => barrier.Version > version));
        }
    }
}
