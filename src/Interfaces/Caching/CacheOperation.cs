namespace Armature.Caching;

/// <summary>What a <see cref="CacheRequest"/> asks for, with every one of its keys.</summary>
public enum CacheOperation
{
    /// <summary>Reads values. A read counts as a use and moves a sliding expiry.</summary>
    Get,

    /// <summary>Writes values.</summary>
    Set,

    /// <summary>Removes entries.</summary>
    Delete,

    /// <summary>Says which keys have an entry. Does not count as a use.</summary>
    Exists,

    /// <summary>Says how long entries live on. Does not count as a use.</summary>
    Ttl,

    /// <summary>Gives entries another expiry.</summary>
    Expire,
}
