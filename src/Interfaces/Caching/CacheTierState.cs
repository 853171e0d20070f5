namespace Armature.Caching;

/// <summary>How what lies behind the cache of a silo stands.</summary>
public enum CacheTierState : byte
{
    /// <summary>It is read and written.</summary>
    Working,

    /// <summary>It answers, and is brought what it lacks: some partitions work from memory alone until then.</summary>
    CatchingUp,

    /// <summary>It is not used, and the cache works from memory alone.</summary>
    Away,

    /// <summary>The same, because it has no memory left.</summary>
    Full,
}
