namespace Armature.Processes;

/// <summary>Why a child process died.</summary>
public enum ProcessDeathCause
{
    /// <summary>It exited or crashed by itself.</summary>
    Exited,

    /// <summary>It was killed because this request was not answered in time.</summary>
    DeadlineExceeded,

    /// <summary>It was killed because it held more memory than it may.</summary>
    MemoryLimitExceeded,

    /// <summary>It was killed because it wrote something that is no frame, or answered a request that it does not have.</summary>
    MalformedOutput,

    /// <summary>It was killed for another request that it had at the same time.</summary>
    NeighbourKilled,

    /// <summary>It was killed because its pool was stopped.</summary>
    PoolStopped,
}
