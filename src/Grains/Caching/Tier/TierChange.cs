namespace Armature.Caching.Tier;

/// <summary>One change of a partition on its way to the tier.</summary>
internal sealed class TierChange
{
    // What a change costs besides its bytes.
    private const int Overhead = 100;

    public required TierPartition Partition { get; init; }

    public required TierWriteKind Kind { get; init; }

    /// <summary>The store's key, or the name of a barrier.</summary>
    public required byte[] Key { get; init; }

    /// <summary>What its state is found by.</summary>
    public required byte[] StateKey { get; init; }

    /// <summary>The <see cref="TierPartition.Turn"/> that it belongs to.</summary>
    public required int Turn { get; init; }

    /// <summary>The epoch that it belongs to; under a later one it is not sent.</summary>
    public required long Epoch { get; init; }

    /// <summary>Of two changes of a key the later has the higher.</summary>
    public required long Order { get; init; }

    public required TierKey State { get; init; }

    /// <summary>The entry, where one is written.</summary>
    public byte[] Value { get; init; } = [];

    /// <summary>On the cache's clock, in milliseconds.</summary>
    public long ExpiresAt { get; init; } = CacheTime.Never;

    /// <summary>Of a barrier.</summary>
    public long Version { get; init; }

    /// <summary>True when the tier has not got it.</summary>
    public bool IsFailed { get; set; }

    /// <summary>True when the partition was given up meanwhile.</summary>
    public bool IsOrphaned => Turn != Partition.Turn;

    public int Bytes => Key.Length + Value.Length + Overhead;

    /// <summary>What is sent, at a time on the cache's clock.</summary>
    public TierWrite ToWrite(long now) => Kind switch
    {
        TierWriteKind.Set or TierWriteKind.Renew when CacheTime.Until(ExpiresAt, now) is var left =>
            left > 0 ? new(Kind, Partition.Number, Epoch, Key, Value, left) : new(TierWriteKind.Remove, Partition.Number, Epoch, Key),
        _ => new(Kind, Partition.Number, Epoch, Key, Number: Version),
    };
}
