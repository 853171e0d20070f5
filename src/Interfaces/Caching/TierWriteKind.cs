namespace Armature.Caching;

/// <summary>What a <see cref="TierWrite"/> does.</summary>
public enum TierWriteKind : byte
{
    /// <summary>Writes an entry.</summary>
    Set,

    /// <summary>Removes an entry.</summary>
    Remove,

    /// <summary>Gives an entry that is there another time to live.</summary>
    Renew,

    /// <summary>Keeps a barrier.</summary>
    AddBarrier,

    /// <summary>Forgets a barrier.</summary>
    RemoveBarrier,

    /// <summary>Writes nothing: asks whether the writer's epoch is the last one, and its state there.</summary>
    Check,
}
