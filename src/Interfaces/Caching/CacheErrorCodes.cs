namespace Armature.Caching;

/// <summary>The codes of keys that failed.</summary>
public static class CacheErrorCodes
{
    /// <summary>The value has more bytes than the cache allows: <see cref="Hosting.CachingOptions.MaxValueBytes"/>.</summary>
    public const string ValueTooLarge = "value_too_large";

    /// <summary>The key has more than <see cref="CacheLimits.MaxKeyLength"/> characters.</summary>
    public const string KeyTooLong = "key_too_long";
}
