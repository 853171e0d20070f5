namespace Armature.Caching.Tier;

/// <summary>A key whose entry the tier has not got as it is in memory. Guarded by its <see cref="TierPartition"/>.</summary>
internal sealed class TierKey
{
    /// <summary>Changes that are on their way.</summary>
    public int Pending { get; set; }

    /// <summary>The order of the last change that was sent: one before it is not sent any more.</summary>
    public long LastSent { get; set; }

    /// <summary>True when a change did not reach the tier.</summary>
    public bool IsUnsaved { get; set; }
}
