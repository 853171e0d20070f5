namespace Armature.Processes;

/// <summary>The environment variables that a pool sets for its child processes.</summary>
public static class ChildEnvironment
{
    /// <summary>The process id of the pool's owner. A child whose parent is another one ends itself.</summary>
    public const string ParentId = "ARMATURE_PARENT_PID";

    /// <summary>The largest payload that either side may send.</summary>
    public const string MaxFrameBytes = "ARMATURE_MAX_FRAME_BYTES";
}
