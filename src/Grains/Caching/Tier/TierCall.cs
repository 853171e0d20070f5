namespace Armature.Caching.Tier;

/// <summary>The part of one request that the tier has in it: keys that are not in memory, and changes that must reach it. Of one call; not thread-safe.</summary>
internal sealed class TierCall(SiloTier tier, NamedCache cache, TimeProvider time, bool isDeferred)
{
    private const int PageKeys = 1_000;

    private readonly List<TierChange> _changes = [];
    private readonly HashSet<TierPartition> _behind = [];
    private readonly List<TierChange> _buried = [];
    private bool _isAsked;

    /// <summary>The keys to ask the tier for.</summary>
    public List<TierMiss> Misses { get; } = [];

    /// <summary>True when the tier is to be asked for a key that is not in memory; it was noted. Once the tier was asked, it is not again.</summary>
    public bool TryAsk(int place, StoreKey key)
    {
        if (_isAsked || tier.Link.IsOut)
        {
            return false;
        }

        var partition = tier[key.Partition];
        if (isDeferred)
        {
            return partition.IsReady;
        }

        lock (partition.Lock)
        {
            if (partition.TryAsk(key.Bytes) is not { } fill)
            {
                return false;
            }

            Misses.Add(new(place, key.Bytes.ToArray(), partition, fill));
            return true;
        }
    }

    /// <inheritdoc cref="CacheStore.Set"/>
    public long Set(StoreKey key, ReadOnlyMemory<byte> value, PackedTags tags, ref long versions, Expiry expiry, long now)
    {
        var partition = tier[key.Partition];
        lock (partition.Lock)
        {
            var version = cache.Store.Set(cache.Number, key, value.Span, tags, ref versions, expiry, now);
            var entry = TierEntries.From(value, tags, version, expiry, time);
            Note(partition, partition.Change(TierWriteKind.Set, key.Bytes, entry, CacheTime.After(now, expiry.Milliseconds)));
            return version;
        }
    }

    /// <inheritdoc cref="LiveEntries.TryRemove"/>
    public bool TryRemove(LiveEntries entries, StoreKey key, long now)
    {
        var partition = tier[key.Partition];
        lock (partition.Lock)
        {
            var isRemoved = entries.TryRemove(key, now);
            Note(partition, partition.Change(TierWriteKind.Remove, key.Bytes));
            return isRemoved;
        }
    }

    /// <inheritdoc cref="LiveEntries.TryExpire"/>
    public bool TryExpire(LiveEntries entries, StoreKey key, Expiry expiry, long now)
    {
        var partition = tier[key.Partition];
        lock (partition.Lock)
        {
            if (!entries.TryExpire(key, expiry, now) || !cache.Store.TryExport(key, now, out var entry))
            {
                return false;
            }

            Note(partition, partition.Change(TierWriteKind.Set, key.Bytes, TierEntries.From(entry, time), CacheTime.After(now, entry.Remaining)));
            return true;
        }
    }

    /// <summary>An entry whose expiry slides was read.</summary>
    public void Renew(StoreKey key, long expiresAt)
    {
        var partition = tier[key.Partition];
        lock (partition.Lock)
        {
            if (partition.Renew(key.Bytes, expiresAt) is { } change)
            {
                _ = tier.Writer.AddAsync([change]);
            }
        }
    }

    /// <summary>A barrier of the cache was drawn in memory.</summary>
    public void Draw(int number, CacheBarrier barrier)
    {
        var partition = tier[number];
        lock (partition.Lock)
        {
            if (partition.Draw(cache.Prefix, barrier) is { } changes)
            {
                _changes.AddRange(changes);
                return;
            }

            _behind.Add(partition);
        }
    }

    /// <summary>Asks the tier for the next keys.</summary>
    /// <param name="from">The first of <see cref="Misses"/> to ask for.</param>
    /// <returns>What it has of the first of them; null when it does not answer.</returns>
    public async Task<TierPage?> AskAsync(int from)
    {
        _isAsked = true;
        var keys = Misses.Skip(from).Take(PageKeys).Select(miss => (ReadOnlyMemory<byte>)miss.Key).ToList();
        try
        {
            var page = await tier.Link.AskAsync((asked, token) => asked.ReadAsync(keys, token));
            CachingInstruments.OnTierRead(page.Values.Count, page.Values.Count(value => value.Bytes is not null));
            return page;
        }
        catch (CacheTierException)
        {
            return null;
        }
    }

    /// <summary>Takes into memory what the tier has of a key, unless it was changed meanwhile.</summary>
    /// <param name="miss">Which of <see cref="Misses"/>.</param>
    /// <param name="page">What the tier said; null when it said nothing.</param>
    /// <param name="place">The key's place in that.</param>
    /// <param name="now">The time on the cache's clock.</param>
    /// <returns>The entry; <c>default</c> when nothing came into memory.</returns>
    public CachedValue Fill(int miss, TierPage? page, int place, long now) =>
        page is null ? default : Fill(Misses[miss], page.Run, page.Values[place], now);

    private CachedValue Fill(TierMiss miss, string run, TierValue found, long now)
    {
        lock (miss.Partition.Lock)
        {
            if (miss.Partition.IsReady && miss.Partition.Run != run)
            {
                // It was started again, and may have lost its last writes.
                miss.Partition.Cut();
            }

            if (found.Bytes is not { } bytes || !TierEntry.TryRead(bytes, out var entry))
            {
                return default;
            }

            if (!miss.Partition.Passes(miss, entry))
            {
                Bury(miss, entry);
                return default;
            }

            var restored = TierEntries.ToMemory(miss.Key, entry, found.Milliseconds, time);
            if (restored.Remaining <= 0 || cache.Store.TryPeek(miss.Key, now, out _))
            {
                return default;
            }

            cache.Store.Restore(cache.Number, miss.Key, restored, now);
            var value = restored.Data.AsMemory(restored.KeyLength..^restored.TagsLength);
            return new(value, restored.Version, CacheTime.After(now, restored.Remaining), restored.TagsLength);
        }
    }

    /// <summary>Asks for keys no more.</summary>
    public void End()
    {
        foreach (var miss in Misses)
        {
            lock (miss.Partition.Lock)
            {
                miss.Partition.EndFill(miss);
            }
        }

        Misses.Clear();
        if (_buried.Count > 0)
        {
            _ = tier.Writer.AddAsync(_buried);
        }
    }

    /// <summary>Returns when the tier has every change, or when the other silos know that it has not.</summary>
    /// <exception cref="TimeoutException">Neither is so, or a partition was given up meanwhile.</exception>
    public async Task FlushAsync()
    {
        if (_changes.Count > 0)
        {
            await tier.Writer.AddAsync(_changes);
            if (_changes.Exists(change => change is { IsFailed: true, IsOrphaned: true }))
            {
                throw new TimeoutException("A partition of the cache went to another silo while it was written.");
            }

            _behind.UnionWith(_changes.Where(change => change.IsFailed).Select(change => change.Partition));
        }

        if (_behind.Count > 0)
        {
            await tier.TellBehindAsync([.. _behind]);
        }
    }

    // What was invalidated stays in the tier until somebody meets it: nobody waits for its removal.
    private void Bury(TierMiss miss, in TierEntry entry)
    {
        if (miss.Partition.TryBury(miss, entry) is { } change)
        {
            _buried.Add(change);
        }
    }

    private void Note(TierPartition partition, TierChange? change)
    {
        if (change is not null)
        {
            _changes.Add(change);
            return;
        }

        _behind.Add(partition);
    }
}
