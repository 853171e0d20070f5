namespace Armature.Batching;

/// <summary>Where a handler's capacity comes from.</summary>
public enum BatchCapacityKind
{
    /// <summary>The silo's <c>IoConcurrency</c>.</summary>
    Io,

    /// <summary>The silo's <c>CpuThreads</c>.</summary>
    Cpu,

    /// <summary>A number given at registration.</summary>
    Fixed,

    /// <summary>The silo's <c>CpuThreads</c> and one.</summary>
    CpuAndOne,
}
