namespace Armature.Caching;

/// <summary>How the numbers of a partition's writes follow from its epochs.</summary>
public static class TierVersions
{
    // An epoch is a time in milliseconds: no partition has more writes in one.
    private const int WritesInOneMillisecondBits = 20;

    /// <summary>The number that the writes of an epoch are above, and all writes of earlier epochs below.</summary>
    public static long FirstOf(long epoch) => epoch << WritesInOneMillisecondBits;
}
