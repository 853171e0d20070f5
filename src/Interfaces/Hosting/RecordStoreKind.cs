namespace Armature.Hosting;

/// <summary>Where a silo keeps its records.</summary>
public enum RecordStoreKind
{
    /// <summary>In Redis when it is configured, in SQLite files otherwise.</summary>
    Auto,

    /// <summary>In SQLite files in the data folder. For a silo alone.</summary>
    Sqlite,

    /// <summary>In the cluster's Redis.</summary>
    Redis,

    /// <summary>In this process's memory: nothing outlives it. For tests.</summary>
    Memory,
}
