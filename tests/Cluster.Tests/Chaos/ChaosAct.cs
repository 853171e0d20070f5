namespace Armature.Chaos;

/// <summary>What a random schedule does to a cluster.</summary>
internal enum ChaosAct
{
    /// <summary>SIGKILL to a silo, whatever it coordinates.</summary>
    Kill,

    /// <summary>SIGTERM to a silo, whatever it coordinates.</summary>
    Stop,

    /// <summary>SIGSTOP for less time than the others need to declare it dead.</summary>
    FreezeBriefly,

    /// <summary>SIGSTOP until the others have declared it dead, and a little longer.</summary>
    FreezePastDetection,

    /// <summary>One more silo.</summary>
    Join,

    /// <summary>Redis ends in order and starts again.</summary>
    RestartRedis,

    /// <summary>SIGKILL to Redis, which then starts again.</summary>
    KillRedis,

    /// <summary>SIGSTOP to Redis for ten seconds.</summary>
    PauseRedis,

    /// <summary>One of the batches is cancelled.</summary>
    Cancel,
}
