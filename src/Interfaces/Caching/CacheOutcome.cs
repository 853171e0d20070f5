namespace Armature.Caching;

/// <summary>What became of one key of a <see cref="CacheRequest"/>.</summary>
public enum CacheOutcome : byte
{
    /// <summary>There is no entry: never written, deleted, expired or evicted. Of a load: the token is not, or no longer, that of its lease.</summary>
    Missing,

    /// <summary>The entry was there, or was written.</summary>
    Done,

    /// <summary>The silo that was asked does not hold the key's partition now; the caller asks again. Never leaves a route.</summary>
    NotHeld,

    /// <summary>The key could not be dealt with; <see cref="CacheReply.Errors"/> says why.</summary>
    Failed,

    /// <summary>For <see cref="CacheOperation.Load"/>: the caller loads it, under the token in <see cref="CacheReply.Tokens"/>.</summary>
    Granted,

    /// <summary>For <see cref="CacheOperation.Load"/>: somebody else loads it; ask again.</summary>
    Pending,

    /// <summary>For <see cref="CacheOperation.Load"/>: there is a value that has expired, and it is to be used (<see cref="StaleUse"/>).</summary>
    Stale,

    /// <summary>As <see cref="Granted"/>, and the value is one that has expired, for the case that the load fails.</summary>
    GrantedOverStale,
}
