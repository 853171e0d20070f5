namespace Armature.Batching;

/// <summary>Whether a silo takes work.</summary>
internal enum NodeState
{
    /// <summary>It takes work.</summary>
    Ready,

    /// <summary>Its queue is at its limit: ask again a little later.</summary>
    Full,

    /// <summary>It is stopping and takes nothing more.</summary>
    Draining,
}
