namespace Armature.Caching;

/// <summary>The cache's clock: milliseconds that only rise.</summary>
internal static class CacheTime
{
    public const long Never = long.MaxValue;

    /// <summary>The time after a span, which may be longer than the clock goes. What came from elsewhere may have expired before the clock began: that is a time below 0.</summary>
    public static long After(long now, long milliseconds) => milliseconds > Never - Math.Max(0, now) ? Never : now + milliseconds;

    /// <summary>The span from now to a time, which may be never.</summary>
    public static long Until(long time, long now) => time == Never ? Never : time - now;
}
