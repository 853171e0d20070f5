namespace Armature.Caching;

/// <summary>
/// When an entry expires. A <see cref="TimeSpan"/> is one too: so long after the write. <c>default</c> leaves it to the cache's own
/// default.
/// </summary>
/// <param name="Milliseconds">How long it lives: at least 1, or <see cref="long.MaxValue"/> for ever, or 0 for the cache's own default.</param>
/// <param name="IsSliding">True when that counts from the last read, false when it counts from the write.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.expiry")]
public readonly record struct CacheExpiry([property: Id(0)] long Milliseconds, [property: Id(1)] bool IsSliding)
{
    /// <summary>It does not expire.</summary>
    public static CacheExpiry Never { get; } = new(long.MaxValue, false);

    /// <summary>So long after the write.</summary>
    /// <param name="ttl">More than zero, taken up to the next millisecond; or <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public static CacheExpiry After(TimeSpan ttl) => ttl == Timeout.InfiniteTimeSpan ? Never : new(MillisecondsOf(ttl), false);

    /// <summary>So long after the last read, or after the write as long as nobody reads.</summary>
    /// <param name="ttl">More than zero, taken up to the next millisecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public static CacheExpiry Sliding(TimeSpan ttl) => new(MillisecondsOf(ttl), true);

    /// <inheritdoc cref="After"/>
    public static implicit operator CacheExpiry(TimeSpan ttl) => After(ttl);

    private static long MillisecondsOf(TimeSpan ttl) => ttl > TimeSpan.Zero
        ? (ttl.Ticks - 1) / TimeSpan.TicksPerMillisecond + 1
        : throw new ArgumentOutOfRangeException(nameof(ttl), ttl, $"An entry cannot live for {ttl}: give more than zero, or delete it. {nameof(CacheExpiry)}.{nameof(Never)} is for ever.");
}
