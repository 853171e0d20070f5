namespace Armature.Batching;

/// <summary>
/// Something that happened to a batch, with the batch's status right after it, so that a reader who missed events
/// (the last 256 are kept) is still up to date.
/// </summary>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-event")]
public sealed record BatchEvent
{
    /// <summary>The event's place, rising. From 0 and without gaps, but for durable batches, where every coordinator leaves a gap. Resume with <c>WatchAsync(fromSequence: Sequence + 1)</c>.</summary>
    [Id(0)] public required long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    [Id(2)] public required BatchEventKind Kind { get; init; }

    /// <summary>The batch right after it.</summary>
    [Id(3)] public required BatchStatus Status { get; init; }

    /// <summary>The silo that joined or left; null otherwise.</summary>
    [Id(4)] public string? Silo { get; init; }

    /// <summary>True for the last event of a batch.</summary>
    public bool IsLast => Kind is BatchEventKind.Completed or BatchEventKind.Cancelled or BatchEventKind.Failed;
}
