namespace Armature.Caching;

/// <summary>When an entry expires.</summary>
/// <param name="Milliseconds">How long it lives, from the write or from the last read; at least 1, or <see cref="CacheTime.Never"/>.</param>
/// <param name="Kind">What moves it.</param>
/// <param name="StaleSeconds">How long it is kept once it has expired.</param>
internal readonly record struct Expiry(long Milliseconds, ExpiryKind Kind, int StaleSeconds = 0)
{
    public static Expiry Never { get; } = new(CacheTime.Never, ExpiryKind.Absolute);
}
