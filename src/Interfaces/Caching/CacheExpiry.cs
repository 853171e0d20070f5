namespace Armature.Caching;

/// <summary>When an entry expires.</summary>
/// <param name="Milliseconds">How long it lives; at least 1, or <see cref="long.MaxValue"/> for ever.</param>
/// <param name="IsSliding">True when that counts from the last read, false when it counts from the write.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.expiry")]
public readonly record struct CacheExpiry([property: Id(0)] long Milliseconds, [property: Id(1)] bool IsSliding)
{
    /// <summary>It does not expire.</summary>
    public static CacheExpiry Never { get; } = new(long.MaxValue, false);
}
