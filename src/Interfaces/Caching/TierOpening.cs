namespace Armature.Caching;

/// <summary>What a tier knows of a partition that was opened.</summary>
public sealed record TierOpening
{
    /// <summary>The epoch that was drawn.</summary>
    public required long Epoch { get; init; }

    /// <summary>Which start of the tier this is: after a restart or a failover, which may have cost its last writes, it is another.</summary>
    public required string Run { get; init; }

    /// <summary>Entries of epochs below this one count no more.</summary>
    public required long VoidBefore { get; init; }

    /// <summary>The barriers that stand.</summary>
    public required IReadOnlyList<TierBarrier> Barriers { get; init; }

    /// <summary>The owner before, empty when it released the partition to nobody; null when nobody need be asked about what the tier has.</summary>
    public string? LastOwner { get; init; }

    /// <summary>The epoch under which that owner answered for the partition.</summary>
    public long LastEpoch { get; init; }

    /// <summary>Who can tell of that owner whether it ever acknowledged what the tier did not get.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];
}
