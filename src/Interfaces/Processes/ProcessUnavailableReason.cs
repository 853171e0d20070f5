namespace Armature.Processes;

/// <summary>Why a pool of child processes took no request.</summary>
public enum ProcessUnavailableReason
{
    /// <summary>As many requests wait as may wait.</summary>
    QueueFull,

    /// <summary>No child process can be started at the moment; the pool goes on trying.</summary>
    CannotStart,

    /// <summary>The pool was stopped.</summary>
    NotRunning,
}
