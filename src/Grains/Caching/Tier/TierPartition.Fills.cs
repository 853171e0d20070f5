namespace Armature.Caching.Tier;

// What comes from the tier.
internal sealed partial class TierPartition
{
    /// <summary>Begins to ask the tier for a key that is not in memory; null when it is not asked.</summary>
    public TierFill? TryAsk(ReadOnlySpan<byte> key)
    {
        // A key that was changed and is on its way: the tier may not have it yet.
        if (!IsReady || _keys.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(key))
        {
            return null;
        }

        var fills = _fills.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!fills.TryGetValue(key, out var fill))
        {
            fills[key] = fill = new();
        }

        fill.Readers++;
        return fill;
    }

    /// <summary>Ends asking for a key.</summary>
    public void EndFill(TierMiss miss)
    {
        miss.Fill.Readers--;
        if (miss.Fill is { Readers: 0, IsRevoked: false })
        {
            _fills.Remove(miss.Key);
        }
    }

    /// <summary>True when an entry of the tier is still what was written last.</summary>
    public bool Passes(TierMiss miss, in TierEntry entry) => !miss.Fill.IsRevoked && IsReady && Counts(miss.Key, entry);

    /// <summary>Begins to remove from the tier an entry that counts no more; null when it does, or was changed meanwhile.</summary>
    public TierChange? TryBury(TierMiss miss, in TierEntry entry) =>
        !miss.Fill.IsRevoked && IsReady && !Counts(miss.Key, entry) ? Change(TierWriteKind.Remove, miss.Key) : null;

    private bool Counts(byte[] key, in TierEntry entry)
    {
        // Numbers rise with the tier's clock: one that was put back could let an old entry seem younger than a barrier.
        var isPlausible = entry.Epoch >= _firstEpoch || entry.Version <= _firstVersion;
        return entry.Epoch >= _voidBefore && isPlausible && !_barriers.Stop(key, entry);
    }

    private void Revoke(ReadOnlySpan<byte> key)
    {
        if (_fills.Count > 0 && _fills.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(key, out _, out var fill))
        {
            fill.IsRevoked = true;
        }
    }

    private void RevokeAll()
    {
        foreach (var fill in _fills.Values)
        {
            fill.IsRevoked = true;
        }

        _fills.Clear();
    }
}
