namespace Armature.Hosting;

/// <summary>What a process does in its cluster.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>Nothing; not allowed.</summary>
    None = 0,

    /// <summary>A silo: holds grains and computes.</summary>
    Compute = 1,

    /// <summary>Answers HTTP. Alone, it is an Orleans client of the cluster and holds no grains.</summary>
    Gateway = 2,
}
