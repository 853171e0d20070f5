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

    /// <summary>Ends all entries that <see cref="CacheRequest.Selection"/> means, without looking for them. The keys are <see cref="CacheRequest.AllPartitions"/>.</summary>
    Invalidate,

    /// <summary>Looks through all entries for those that <see cref="CacheRequest.Selection"/> means. The keys are <see cref="CacheRequest.AllPartitions"/>.</summary>
    Scan,

    /// <summary>Reads values, and takes on the loading of those that nobody loads.</summary>
    Load,

    /// <summary>Gives the values that were loaded, to the cache and to all who wait.</summary>
    CompleteLoad,

    /// <summary>Says to all who wait why a key could not be loaded.</summary>
    FailLoad,

    /// <summary>Leaves the loading to whoever waits longest.</summary>
    ReleaseLoad,

    /// <summary>Says that the loading goes on.</summary>
    RenewLoad,
}
