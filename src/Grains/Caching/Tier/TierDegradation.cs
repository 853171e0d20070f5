using Armature.Hosting;

namespace Armature.Caching.Tier;

/// <summary>Whether the cache of this silo works without what should lie behind it.</summary>
internal sealed class TierDegradation(SiloTier? tier = null) : IDegradation
{
    public string? Problem => tier switch
    {
        null => null,
        { Link.Outage: { } outage } => $"{outage.Error.Message} The cache works from memory alone.",
        { CutPartitions: var cut and > 0 } => $"{cut} partitions of the cache work from memory alone until {tier.Link.Location} has what it lacks.",
        _ => null,
    };
}
