namespace Armature.Caching;

/// <summary>The codes of keys that failed in a cache.</summary>
public static class CacheErrorCodes
{
    /// <summary>The key is empty, too long, has control characters or is not valid text.</summary>
    public const string KeyNotAllowed = "key_not_allowed";

    /// <summary>The serializer could not write the value.</summary>
    public const string ValueUnwritable = "value_unwritable";

    /// <summary>The serializer could not read what is stored: another one wrote it, or another version of the type.</summary>
    public const string ValueUnreadable = "value_unreadable";

    /// <summary>The value has more bytes than the cache takes; the message names the limit.</summary>
    public const string ValueTooLarge = "value_too_large";

    /// <summary>Too many keys are being loaded, or waited for, on a silo; the message names the limit.</summary>
    public const string TooManyLoads = "too_many_loads";

    /// <summary>The factory that was to make the value threw; the message says what.</summary>
    public const string FactoryFailed = "factory_failed";

    /// <summary>The factory that was to make the value gave none for the key.</summary>
    public const string ValueNotMade = "value_not_made";
}
