namespace Armature.Caching;

/// <summary>Where an entry is in the order of eviction.</summary>
internal enum CacheRegion : byte
{
    /// <summary>It has just come.</summary>
    Window,

    /// <summary>It was let in, and goes next when nobody asks for it.</summary>
    Probation,

    /// <summary>It was asked for since.</summary>
    Protected,
}
