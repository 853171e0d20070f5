namespace Armature.Caching;

/// <summary>By what entries are meant together.</summary>
public enum CacheSelectionKind : byte
{
    /// <summary>All of the cache.</summary>
    All,

    /// <summary>Those whose key matches a <see cref="GlobPattern"/>.</summary>
    Pattern,

    /// <summary>Those that were written with a tag.</summary>
    Tag,
}
