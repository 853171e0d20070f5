using System.Collections.Immutable;

namespace Armature.Batching;

/// <summary>The last events of a batch, numbered. Used on the coordinator's scheduler only.</summary>
internal sealed class BatchEventLog(long first)
{
    private const int Kept = 256;

    private readonly Queue<BatchEvent> _events = new();

    /// <summary>The number of the next event.</summary>
    public long Next { get; private set; } = first;

    public BatchEvent Add(BatchEventKind kind, BatchStatus status, DateTimeOffset at, string? silo)
    {
        var added = new BatchEvent { Sequence = Next, At = at, Kind = kind, Status = status, Silo = silo };
        Next++;
        _events.Enqueue(added);
        if (_events.Count > Kept)
        {
            _events.Dequeue();
        }

        return added;
    }

    public ImmutableArray<BatchEvent> From(long sequence) => [.. _events.SkipWhile(recorded => recorded.Sequence < sequence)];
}
