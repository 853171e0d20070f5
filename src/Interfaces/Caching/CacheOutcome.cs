namespace Armature.Caching;

/// <summary>What became of one key of a <see cref="CacheRequest"/>.</summary>
public enum CacheOutcome : byte
{
    /// <summary>There is no entry: never written, deleted, expired or evicted.</summary>
    Missing,

    /// <summary>The entry was there, or was written.</summary>
    Done,

    /// <summary>The silo that was asked does not hold the key's partition now; the caller asks again. Never leaves a route.</summary>
    NotHeld,

    /// <summary>The key could not be dealt with; <see cref="CacheReply.Errors"/> says why.</summary>
    Failed,
}
