namespace Armature.Caching;

/// <summary>A part of a <see cref="CacheStore"/> with a lock of its own: entries, their order of eviction, and their expiry. Thread-safe.</summary>
internal sealed partial class CacheShard
{
    private readonly Lock _lock = new();
    private readonly long _maxBytes;

    // Guarded by _lock.
    private readonly SlotTable _table = new();
    private readonly EvictionPolicy _policy;
    private readonly ExpiryWheel _wheel;
    private readonly Action<int> _expire;

    public CacheShard(long maxBytes, long now)
    {
        _maxBytes = maxBytes;
        _policy = new(_table, maxBytes);
        _wheel = new(_table, now);
        _expire = slot =>
        {
            _expired++;
            Remove(slot);
        };
    }

    /// <summary>Reads an entry; it counts as used.</summary>
    public bool TryGet(StoreKey key, long now, out CachedValue found)
    {
        lock (_lock)
        {
            return TryUse(key, now, out found);
        }
    }

    /// <summary>Reads an entry as if nobody had.</summary>
    public bool TryPeek(StoreKey key, long now, out CachedValue found)
    {
        lock (_lock)
        {
            var slot = FindLive(key, now);
            found = slot == SlotTable.None ? default : Read(slot);
            return slot != SlotTable.None;
        }
    }

    /// <summary>Writes an entry, in place of one that is there. It may be the first that has to go, and is if it alone is too large.</summary>
    /// <param name="cache">The number of its cache, for what is counted.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="versions">The number of the last write; one higher on return.</param>
    /// <param name="expiry">When it expires.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its version, the next one: of two writes of a key the later has the higher.</returns>
    public long Set(int cache, StoreKey key, ReadOnlySpan<byte> value, PackedTags tags, ref long versions, Expiry expiry, long now)
    {
        var data = new byte[key.Bytes.Length + value.Length + tags.Length];
        key.Bytes.CopyTo(data);
        value.CopyTo(data.AsSpan(key.Bytes.Length));
        tags.Bytes.Span.CopyTo(data.AsSpan(key.Bytes.Length + value.Length));
        lock (_lock)
        {
            var version = Interlocked.Increment(ref versions);
            _wheel.Advance(now, _expire);
            var slot = Put(cache, key, data, tags.Length, version);
            if (slot != SlotTable.None)
            {
                _table[slot].StaleSeconds = expiry.StaleSeconds;
                SetExpiry(slot, expiry, now);
                Evict();
            }

            return version;
        }
    }

    /// <summary>Takes an entry over that was <see cref="Export"/>ed elsewhere.</summary>
    public void Restore(int cache, StoreKey key, ExportedEntry entry, long now)
    {
        lock (_lock)
        {
            _wheel.Advance(now, _expire);
            var slot = Put(cache, key, entry.Data, entry.TagsLength, entry.Version);
            if (slot != SlotTable.None)
            {
                _policy.Warm(slot, entry.Uses);
                _table[slot].StaleSeconds = entry.StaleSeconds;
                SetExpiry(slot, CacheTime.After(now, entry.Remaining), entry.Sliding);
                Evict();
            }
        }
    }

    /// <summary>Gives an entry another expiry; false when it is not there.</summary>
    public bool TryExpire(StoreKey key, Expiry expiry, long now)
    {
        lock (_lock)
        {
            var slot = FindLive(key, now);
            if (slot != SlotTable.None)
            {
                SetExpiry(slot, expiry, now);
            }

            return slot != SlotTable.None;
        }
    }

    /// <summary>Removes an entry, also one that has expired and is kept; false when it was not there, or had expired.</summary>
    public bool TryRemove(StoreKey key, long now)
    {
        lock (_lock)
        {
            var slot = FindKept(key, now);
            var isLive = slot != SlotTable.None && _table[slot].ExpiresAt > now;
            RemoveIfThere(slot);
            return isLive;
        }
    }

    /// <summary>Removes an entry as it was read; one that was written since stays.</summary>
    public bool TryRemove(StoreKey key, long version, long now)
    {
        lock (_lock)
        {
            var slot = FindKept(key, now);
            if (slot == SlotTable.None || _table[slot].Version != version)
            {
                return false;
            }

            Remove(slot);
            return true;
        }
    }

    /// <summary>Removes what has expired, to the second. A write does it too.</summary>
    public void RemoveExpired(long now)
    {
        lock (_lock)
        {
            _wheel.Advance(now, _expire);
        }
    }

    private int Put(int cache, StoreKey key, byte[] data, int tagsLength, long version)
    {
        var slot = _table.Find(key.Hash, key.Bytes);
        if (data.Length + SlotTable.EntryOverhead > _maxBytes)
        {
            RemoveIfThere(slot);
            OnEvicted(cache);
            return SlotTable.None;
        }

        if (slot == SlotTable.None)
        {
            slot = _table.Add(key.Hash, data, key.Bytes.Length);
            _table[slot].Cache = cache;
            _tallies.OnAdded(cache, _table[slot].Weight);
            _policy.OnAdded(slot);
        }
        else
        {
            var before = _table[slot].Weight;
            _policy.OnReplacing(slot, data);
            _tallies.OnReplaced(_table[slot].Cache, before, _table[slot].Weight);
            _policy.OnRead(slot, ref _table[slot]);
        }

        _table[slot].Version = version;
        _table[slot].TagsLength = (ushort)tagsLength;
        return slot;
    }

    private bool TryUse(StoreKey key, long now, out CachedValue found) => TryUse(_table.Find(key.Hash, key.Bytes), now, out found);

    private bool TryUse(int slot, long now, out CachedValue found)
    {
        if (!IsLive(slot, now))
        {
            _misses++;
            found = default;
            return false;
        }

        _hits++;
        ref var entry = ref _table[slot];
        _policy.OnRead(slot, ref entry);
        var isMoved = Slide(ref entry, now);
        found = Read(entry, isMoved);
        return true;
    }

    private int FindLive(StoreKey key, long now)
    {
        var slot = _table.Find(key.Hash, key.Bytes);
        return IsLive(slot, now) ? slot : SlotTable.None;
    }

    // Removes what is over.
    private bool IsLive(int slot, long now)
    {
        if (slot == SlotTable.None || _table[slot].ExpiresAt > now)
        {
            return slot != SlotTable.None;
        }

        RemoveIfOver(slot, now);
        return false;
    }

    private CachedValue Read(int slot) => Read(_table[slot], isMoved: false);

    private static CachedValue Read(in CacheSlot entry, bool isMoved)
    {
        var (data, start) = (entry.Data!, entry.KeyLength);
        var value = data.AsMemory(start, data.Length - start - entry.TagsLength);
        return new(value, entry.Version, entry.ExpiresAt, entry.TagsLength, IsMoved: isMoved);
    }

    // True for the first read in a quarter of the time that it slides.
    private static bool Slide(ref CacheSlot entry, long now)
    {
        if (entry.Sliding == 0)
        {
            return false;
        }

        // It stays in its bucket: that finds it too early, and looks again.
        var before = entry.ExpiresAt - entry.Sliding;
        entry.ExpiresAt = Math.Max(entry.ExpiresAt, CacheTime.After(now, entry.Sliding));
        var quarter = (entry.Sliding / 4) + 1;
        return before / quarter != now / quarter;
    }

    private void SetExpiry(int slot, Expiry expiry, long now) =>
        SetExpiry(slot, CacheTime.After(now, expiry.Milliseconds), expiry.Kind == ExpiryKind.Sliding ? expiry.Milliseconds : 0);

    private void SetExpiry(int slot, long expiresAt, long sliding)
    {
        _wheel.Remove(slot);
        ref var entry = ref _table[slot];
        (entry.ExpiresAt, entry.Sliding) = (expiresAt, sliding);
        if (entry.ExpiresAt != CacheTime.Never)
        {
            _wheel.Add(slot);
        }
    }

    private void Evict()
    {
        for (var slot = _policy.NextVictim(); slot != SlotTable.None; slot = _policy.NextVictim())
        {
            OnEvicted(_table[slot].Cache);
            Remove(slot);
        }
    }

    private void RemoveIfThere(int slot)
    {
        if (slot != SlotTable.None)
        {
            Remove(slot);
        }
    }

    private void Remove(int slot)
    {
        _tallies.OnRemoved(_table[slot].Cache, _table[slot].Weight);
        _policy.OnRemoving(slot);
        _wheel.Remove(slot);
        _table.Remove(slot);
    }
}
