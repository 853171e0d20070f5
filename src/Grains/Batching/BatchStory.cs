namespace Armature.Batching;

/// <summary>What is told of a batch: its status, and the events that changed it. Used on the coordinator's scheduler only, but for <see cref="Latest"/>.</summary>
internal sealed class BatchStory
{
    private readonly string _id;
    private readonly BatchSpec _spec;
    private readonly BatchLife _life;
    private readonly ItemLedger _items;
    private readonly ResultLog _results;
    private readonly Participants _silos;
    private readonly BatchIncidents _incidents;
    private readonly BatchRecorder? _recorder;
    private readonly TimeProvider _time;
    private readonly BatchEventLog _events;
    private readonly ChangeSignal _changed = new();
    private int _announced;
    private volatile BatchStatus _latest;

    public BatchStory(string id, BatchSpec spec, BatchLife life, ItemLedger items, ResultLog results, Participants silos, BatchIncidents incidents, BatchRecorder? recorder, long firstEvent, TimeProvider time)
    {
        _id = id;
        _spec = spec;
        _life = life;
        _items = items;
        _results = results;
        _events = new(firstEvent);
        _silos = silos;
        _incidents = incidents;
        _recorder = recorder;
        _time = time;
        _latest = Status;
    }

    /// <summary>The status at the last event. May be read on any thread.</summary>
    public BatchStatus Latest => _latest;

    public BatchStatus Status => new()
    {
        Id = _id,
        Handler = _spec.Handler,
        State = _life.State,
        Total = _items.Received,
        IsSealed = _items.IsSealed,
        Succeeded = _results.Succeeded,
        Failed = _results.Failed,
        SubmittedAt = _life.SubmittedAt,
        EndedAt = _life.EndedAt,
        Silos = [.. _silos.All.Select(silo => silo.Progress).OrderBy(progress => progress.Silo, StringComparer.Ordinal)],
        Failure = _life.Failure,
        IsDurable = _spec.Durable,
        Retried = _incidents.Retried,
        Reissued = _incidents.Reissued,
        Suspected = _incidents.Suspected,
        Waiting = Waiting,
    };

    private string? Waiting => _life.IsRunning ? _silos.Lack ?? _recorder?.Trouble?.Message : null;

    public void Tell(BatchEventKind kind, string? silo = null)
    {
        var status = Status;
        _latest = status;
        _announced = _results.Done;
        _events.Add(kind, status, _time.GetUtcNow(), silo);
        _changed.Set();
    }

    /// <summary>Lets those who wait for events look again.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Tells of items that were done since the last event, and of what the batch waits for.</summary>
    public void TellProgress()
    {
        if (_announced != _results.Done || _latest.Waiting != Waiting)
        {
            Tell(BatchEventKind.Progress);
        }
    }

    public void TellEnd() => Tell(EndOf(_life.State));

    /// <summary>The event that tells of an end.</summary>
    public static BatchEventKind EndOf(BatchState state) => state switch
    {
        BatchState.Completed => BatchEventKind.Completed,
        BatchState.Cancelled => BatchEventKind.Cancelled,
        _ => BatchEventKind.Failed,
    };

    /// <summary>Events from a number on; waits for a time when there are none.</summary>
    public async Task<IReadOnlyList<BatchEvent>> ReadAsync(long sequence, TimeSpan most, CancellationToken cancellationToken)
    {
        if (sequence >= _events.Next && _life.IsRunning)
        {
            await _changed.WaitAsync(most, _time, cancellationToken);
        }

        return _events.From(sequence);
    }
}
