namespace Armature.Caching;

/// <summary>What a silo knows of a partition.</summary>
internal enum PartitionState : byte
{
    /// <summary>It is another silo's, or nobody's yet.</summary>
    NotHeld,

    /// <summary>This silo answers for it.</summary>
    Held,

    /// <summary>It is on its way to another silo: nothing is read or written here any more.</summary>
    Moving,
}
