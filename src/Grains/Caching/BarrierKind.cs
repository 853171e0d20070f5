namespace Armature.Caching;

/// <summary>Which entries a <see cref="CacheBarrier"/> means.</summary>
internal enum BarrierKind : byte
{
    /// <summary>All of the cache.</summary>
    All,

    /// <summary>Those whose key matches a pattern.</summary>
    Pattern,

    /// <summary>Those that were written with a tag.</summary>
    Tag,
}
