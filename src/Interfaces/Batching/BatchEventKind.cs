namespace Armature.Batching;

/// <summary>What a <see cref="BatchEvent"/> tells.</summary>
public enum BatchEventKind
{
    /// <summary>The batch was accepted.</summary>
    Started,

    /// <summary>Items were done, or the batch waits for something else than before; at most ten such events a second.</summary>
    Progress,

    /// <summary>A silo began to take items of this batch.</summary>
    SiloJoined,

    /// <summary>A silo left, or died; what it had runs elsewhere.</summary>
    SiloLeft,

    /// <summary>The batch ended: every item has a result or an error.</summary>
    Completed,

    /// <summary>The batch ended: it was cancelled.</summary>
    Cancelled,

    /// <summary>The batch ended: it could not go on as a whole.</summary>
    Failed,

    /// <summary>Another silo, or the same one after a restart, goes on with a durable batch.</summary>
    Resumed,
}
