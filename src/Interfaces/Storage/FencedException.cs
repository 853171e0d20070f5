namespace Armature.Storage;

/// <summary>
/// A partition has another owner by now, or is gone: nothing was changed. Who gets this owns nothing any more and stops; the new
/// owner goes on from the records.
/// </summary>
[GenerateSerializer, Alias("armature.storage.fenced-exception")]
public sealed class FencedException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public FencedException(string partition, long epoch)
        : base($"Epoch {epoch} of partition {partition} is over: another owner has opened it since, or it was deleted. Nothing was changed.")
    {
        Partition = partition;
        Epoch = epoch;
    }

    /// <summary>The partition.</summary>
    [Id(0)]
    public string Partition { get; }

    /// <summary>The epoch that is over.</summary>
    [Id(1)]
    public long Epoch { get; }
}
