using System.Diagnostics.CodeAnalysis;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>
/// A batch at its coordinator: one queue of items, lanes on every silo that take chunks from it, and the results.
/// A plain class; everything in it runs on its owner's scheduler, one step at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and lanes may look at it after the end.")]
internal sealed partial class BatchRun
{
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);

    private readonly BatchSpec _spec;
    private readonly IClusterNodes _nodes;
    private readonly BatchingOptions _options;
    private readonly TimeProvider _time;
    private readonly Serializer<ItemError> _errors;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _submittedAt;

    private readonly ItemQueue _queue = new();
    private readonly ChunkSizer _sizer;
    private readonly ResultLog _results;
    private readonly BatchEventLog _events = new();
    private readonly ChangeSignal _resultsChanged = new();
    private readonly ChangeSignal _eventsChanged = new();
    private readonly Dictionary<SiloAddress, SiloLanes> _silos = [];
    private readonly Dictionary<long, RunningChunk> _running = [];
    private readonly Queue<Work> _suspects = new();
    private readonly HashSet<Task> _lanes = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ItemLedger _items;

    private HandlerDescription? _handler;
    private IReadOnlySet<SiloAddress> _active = new HashSet<SiloAddress>();
    private BatchState _state = BatchState.Running;
    private bool _isCancelling;
    private bool _runsSuspects;
    private bool _isScoutingOver;
    private Task? _scouting;
    private DateTimeOffset? _endedAt;
    private string? _failure;
    private int _announced;
    private long _lastChunk;
    private long _lanelessSince;
    private volatile BatchStatus _latest;

    public BatchRun(
        string id,
        BatchSpec spec,
        IClusterNodes nodes,
        IBlobStore blobs,
        BatchingOptions options,
        TimeProvider time,
        Serializer<ItemError> errors,
        Serializer<PackedEntries> pages,
        ILogger logger)
    {
        Id = id;
        _spec = spec;
        _nodes = nodes;
        _options = options;
        _time = time;
        _errors = errors;
        _logger = logger;
        _submittedAt = time.GetUtcNow();
        _lanelessSince = time.GetTimestamp();
        _sizer = new(options.ChunkTarget);
        _items = new(options);
        _results = new(id, blobs, pages, options.MaxResultBytes, logger);
        _latest = Status;
    }

    public string Id { get; }

    public bool IsRunning => _state == BatchState.Running;

    /// <summary>True when blobs of this batch's name may exist.</summary>
    public bool UsesBlobs { get; private set; }

    /// <summary>The status at the last event. May be read on any thread.</summary>
    public BatchStatus LatestStatus => _latest;

    /// <summary>Ends with the batch; never fails.</summary>
    public Task Ended => _ended.Task;

    public BatchStatus Status => new()
    {
        Id = Id,
        Handler = _spec.Handler,
        State = _state,
        Total = _items.Received,
        IsSealed = _items.IsSealed,
        Succeeded = _items.Succeeded,
        Failed = _items.Failed,
        SubmittedAt = _submittedAt,
        EndedAt = _endedAt,
        Silos = [.. _silos.Values.Select(silo => silo.Progress).OrderBy(progress => progress.Silo, StringComparer.Ordinal)],
        Failure = _failure,
    };

    /// <summary>Runs the batch to its end.</summary>
    public async Task RunAsync()
    {
        AddEvent(BatchEventKind.Started);
        var membership = FollowMembershipAsync();
        StartLanes();
        EndWhenDone();
        await _ended.Task;
        await _stopped.CancelAsync();
        await membership;
    }

    /// <summary>Takes items that it does not have yet.</summary>
    public AppendReply Append(PackedEntries page, int? count)
    {
        if (!IsRunning || _isCancelling || _items.IsSealed)
        {
            return new(page.Count == 0 ? _items.Received : page.Indices[0] + page.Count, IsFull: false);
        }

        if (page.Count > 0 && page.Indices[0] > _items.Received)
        {
            return new(_items.Received, IsFull: false);
        }

        if (_queue.Bytes > 0 && _queue.Bytes + page.Bytes.Length > _options.MaxQueuedBytes)
        {
            return new(_items.Received, IsFull: true);
        }

        Take(page, count);
        return new(_items.Received, IsFull: false);
    }

    /// <summary>Waits until items were taken from the queue, at most for a time.</summary>
    public async Task WaitForRoomAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var timeout = Task.Delay(most, _time, cancellationToken);
        await Task.WhenAny(_queue.WaitForRoomAsync(), timeout);
    }

    /// <summary>Results from a cursor on; waits for a time when there are none.</summary>
    public async Task<ResultPage> ReadResultsAsync(int cursor, TimeSpan most, CancellationToken cancellationToken)
    {
        if (cursor >= _results.End && IsRunning)
        {
            await _resultsChanged.WaitAsync(most, _time, cancellationToken);
        }

        var (pages, next) = await _results.ReadAsync(cursor, cancellationToken);
        return new([.. pages], next, next < _results.End ? BatchState.Running : _state, _items.Received, _failure);
    }

    /// <summary>Events from a number on; waits for a time when there are none.</summary>
    public async Task<IReadOnlyList<BatchEvent>> ReadEventsAsync(long sequence, TimeSpan most, CancellationToken cancellationToken)
    {
        if (sequence >= _events.Next && IsRunning)
        {
            await _eventsChanged.WaitAsync(most, _time, cancellationToken);
        }

        return _events.From(sequence);
    }

    /// <summary>Starts nothing more, tells every silo, and ends the batch when they have answered.</summary>
    public async Task CancelAsync()
    {
        if (!IsRunning)
        {
            return;
        }

        if (!_isCancelling)
        {
            _isCancelling = true;
            _queue.Complete();
            _ = EndCancelledAsync();
        }

        await CancelOnSilosAsync();
    }

    /// <summary>Ends the batch because it cannot go on.</summary>
    public void Fail(string reason)
    {
        if (IsRunning)
        {
            _failure = reason;
            End(BatchState.Failed);
            _ = CancelOnSilosAsync();
        }
    }

    /// <summary>Called several times a second: tells the progress, and uses idle silos at the end of the batch.</summary>
    public void Tick()
    {
        if (!IsRunning)
        {
            return;
        }

        if (_announced != _items.Done)
        {
            AddEvent(BatchEventKind.Progress);
        }

        ReissueTail();
        FailWithoutSilos();
    }

    private void Take(PackedEntries page, int? count)
    {
        try
        {
            var added = _items.Take(page, count);
            UsesBlobs |= added.Kinds.Contains(EntryKind.Blob);
            _queue.Add(added);
        }
        catch (BatchLimitException exception)
        {
            Fail(exception.Message);
            throw;
        }

        StartLanes();
        EndWhenDone();
    }

    private void AddEvent(BatchEventKind kind, string? silo = null)
    {
        var status = Status;
        _latest = status;
        _announced = _items.Done;
        _events.Add(kind, status, _time.GetUtcNow(), silo);
        _eventsChanged.Set();
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            await Task.WhenAny(_ended.Task, Task.Delay(pause, _time, CancellationToken.None));
        }
    }
}
