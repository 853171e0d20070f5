namespace Armature.Caching.Tier;

/// <summary>A key that the tier is asked for. Guarded by its <see cref="TierPartition"/>.</summary>
internal sealed class TierFill
{
    /// <summary>How many ask.</summary>
    public int Readers { get; set; }

    /// <summary>True once the entry was changed: what the tier says may be older.</summary>
    public bool IsRevoked { get; set; }
}
