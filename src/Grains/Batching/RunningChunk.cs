namespace Armature.Batching;

/// <summary>A chunk that a silo has now.</summary>
internal sealed class RunningChunk(long id, Work work, SiloLanes silo, long startedAt)
{
    public long Id => id;

    public Work Work => work;

    public SiloLanes Silo => silo;

    /// <summary>A timestamp of the batch's TimeProvider.</summary>
    public long StartedAt => startedAt;

    /// <summary>The key of the record that says that it runs; null when there is none.</summary>
    public string? Mark { get; set; }

    /// <summary>True while the silo was given to it alone.</summary>
    public bool IsAlone { get; set; }

    /// <summary>True once it takes longer than it should: perhaps one item is all that is left of it.</summary>
    public bool IsSlow { get; set; }

    /// <summary>True once its items may have started.</summary>
    public bool IsSent { get; set; }

    /// <summary>The same items on another silo, started when nothing else was left to do.</summary>
    public RunningChunk? Twin { get; set; }
}
