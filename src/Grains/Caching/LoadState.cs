namespace Armature.Caching;

/// <summary>What became of a key that was asked for to be loaded.</summary>
internal enum LoadState : byte
{
    /// <summary>Somebody else loads it, or did and gave up: ask again.</summary>
    Pending,

    /// <summary>It has a value.</summary>
    Found,

    /// <summary>Nobody loads it: the asker does, under the token.</summary>
    Granted,

    /// <summary>Whoever loaded it failed, or there are too many loads.</summary>
    Failed,
}
