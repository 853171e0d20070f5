using System.Collections;
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
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ScoutTime = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan NoSiloPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Lanes per silo while nothing is known of the items' time.</summary>
    private const int ScoutLanes = 16;

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
    private readonly BitArray _isDone = new(0);

    private HandlerDescription? _handler;
    private IReadOnlySet<SiloAddress> _active = new HashSet<SiloAddress>();
    private BatchState _state = BatchState.Running;
    private bool _isCancelling;
    private bool _runsSuspects;
    private bool _isScoutingOver;
    private Task? _scouting;
    private DateTimeOffset? _endedAt;
    private string? _failure;
    private int _received;
    private int? _count;
    private long _inlineBytes;
    private int _succeeded;
    private int _failed;
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
        Total = _received,
        IsSealed = _count == _received,
        Succeeded = _succeeded,
        Failed = _failed,
        SubmittedAt = _submittedAt,
        EndedAt = _endedAt,
        Silos = [.. _silos.Values.Select(silo => silo.Progress).OrderBy(progress => progress.Silo, StringComparer.Ordinal)],
        Failure = _failure,
    };

    private int Done => _succeeded + _failed;

    private int LaneCount => _silos.Values.Where(silo => !silo.IsGone).Sum(silo => silo.Lanes);

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public async Task PrepareAsync()
    {
        await foreach (var active in _nodes.WatchAsync(_stopped.Token))
        {
            _active = active;
            break;
        }

        var joins = Task.WhenAll(_active.Select(JoinAsync));
        await Task.WhenAny(joins, Task.Delay(JoinPatience, _time, CancellationToken.None));
        var registered = _silos.Count == 0 ? await joins : [];
        if (_silos.Count == 0)
        {
            throw new BatchHandlerException(_spec.Handler, $"No silo has a batch handler '{_spec.Handler}'. Registered: {string.Join(", ", registered.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal))}. Register it with AddBatchHandler on the silos.");
        }

        if (_spec.ItemType != _handler!.ItemType || _spec.ResultType != _handler.ResultType)
        {
            throw new BatchHandlerException(_spec.Handler, $"Batch handler '{_spec.Handler}' takes {_handler.ItemType} and gives {_handler.ResultType}; the caller used {_spec.ItemType} and {_spec.ResultType}.");
        }
    }

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
        if (!IsRunning || _isCancelling || _count is not null)
        {
            return new(page.Count == 0 ? _received : page.Indices[0] + page.Count, IsFull: false);
        }

        if (page.Count > 0 && page.Indices[0] > _received)
        {
            return new(_received, IsFull: false);
        }

        if (_queue.Bytes > 0 && _queue.Bytes + page.Bytes.Length > _options.MaxQueuedBytes)
        {
            return new(_received, IsFull: true);
        }

        Take(page, count);
        return new(_received, IsFull: false);
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
        return new([.. pages], next, next < _results.End ? BatchState.Running : _state, _received, _failure);
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

        if (_announced != Done)
        {
            AddEvent(BatchEventKind.Progress);
        }

        ReissueTail();
        FailWithoutSilos();
    }

    private void Take(PackedEntries page, int? count)
    {
        var known = page.Count == 0 ? 0 : _received - page.Indices[0];
        if (page.Count > known)
        {
            var added = page.Slice(known, page.Count - known);
            ThrowOverLimit("Batching:MaxItems", _options.MaxItems, _received + added.Count, "Split the work into several batches, or raise the limit.");
            ThrowOverLimit("Batching:MaxInlineBytes", _options.MaxInlineBytes, _inlineBytes + added.Bytes.Length, "Split the work into several batches, send large items as blobs, or raise the limit.");
            _received += added.Count;
            _isDone.Length = _received;
            _inlineBytes += added.Bytes.Length;
            UsesBlobs |= added.Kinds.Contains(EntryKind.Blob);
            _queue.Add(added);
            StartLanes();
        }

        // Of two senders of one batch, one may have less than the other has sent: that one's end is not the batch's.
        _count = count == _received ? count : null;
        EndWhenDone();
    }

    private void ThrowOverLimit(string limit, long allowed, long actual, string advice)
    {
        if (actual > allowed)
        {
            var exception = new BatchLimitException(limit, allowed, actual, advice);
            Fail(exception.Message);
            throw exception;
        }
    }

    private async Task<string[]> JoinAsync(SiloAddress address)
    {
        try
        {
            var handler = await _nodes.DescribeAsync(address, _spec.Handler);
            if (handler.Capacity == 0)
            {
                return handler.Registered;
            }

            _handler ??= handler;
            if (_active.Contains(address) && handler.ItemType == _handler.ItemType && handler.ResultType == _handler.ResultType)
            {
                _silos.TryAdd(address, new SiloLanes(address, handler.Capacity));
            }
        }
#pragma warning disable CA1031 // a silo that cannot be asked does not join now; the next change of the membership asks again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogJoinFailed(_logger, exception, address, Id);
        }

        return [];
    }

    private async Task FollowMembershipAsync()
    {
        try
        {
            await foreach (var active in _nodes.WatchAsync(_stopped.Token))
            {
                _active = active;
                foreach (var gone in _silos.Values.Where(silo => !silo.IsGone && !active.Contains(silo.Address)).ToList())
                {
                    Leave(gone);
                }

                foreach (var joined in active.Where(address => !_silos.ContainsKey(address)))
                {
                    _ = JoinLateAsync(joined);
                }
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The batch has ended.
        }
    }

    private async Task JoinLateAsync(SiloAddress address)
    {
        await JoinAsync(address);
        if (IsRunning && _silos.TryGetValue(address, out var silo) && !silo.IsGone)
        {
            StartLanes();
            AddEvent(BatchEventKind.SiloJoined, silo.Name);
        }
    }

    private void Leave(SiloLanes silo)
    {
        if (silo.IsGone)
        {
            return;
        }

        silo.IsGone = true;
        _lanelessSince = _time.GetTimestamp();
        if (IsRunning)
        {
            AddEvent(BatchEventKind.SiloLeft, silo.Name);
        }
    }

    /// <summary>
    /// Starts lanes while something waits: always on the silo with the smallest part of its lanes in use, so that a few items
    /// spread over all silos. While nothing is known of the items' time only some start; the rest follow at the first answer
    /// or a little later, for items so fast that they fit into a few large chunks are done by then.
    /// </summary>
    private void StartLanes()
    {
        while (_queue.Count > 0 && NextSilo() is { } silo)
        {
            if (_sizer.IsIgnorant && silo.ActiveLanes >= ScoutLanes && !_isScoutingOver)
            {
                _scouting ??= EndScoutingAsync();
                return;
            }

            silo.ActiveLanes++;
            Track(RunLaneAsync(silo));
        }
    }

    private SiloLanes? NextSilo() => _silos.Values
        .Where(silo => !silo.IsGone && silo.ActiveLanes < silo.Lanes)
        .MinBy(silo => (double)silo.ActiveLanes / silo.Lanes);

    private async Task EndScoutingAsync()
    {
        await PauseAsync(ScoutTime);
        _isScoutingOver = true;
        StartLanes();
    }

    private async Task RunLaneAsync(SiloLanes silo)
    {
        while (!silo.IsGone && _queue.TryTake(_sizer.Next(_queue.Count, LaneCount)) is { } work)
        {
            await RunChunkAsync(silo, work);
        }

        silo.ActiveLanes--;
    }

    private void Track(Task lane)
    {
        var guarded = FailOnDefectAsync(lane);
        if (!guarded.IsCompleted)
        {
            _lanes.Add(guarded);
            _ = ForgetAsync(guarded);
        }
    }

    private async Task ForgetAsync(Task lane)
    {
        await lane;
        _lanes.Remove(lane);
    }

    private async Task FailOnDefectAsync(Task lane)
    {
        try
        {
            await lane;
        }
#pragma warning disable CA1031 // a lane that ends by a defect would leave its items unanswered: the batch fails instead of hanging
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail($"a lane of its coordinator failed: {exception}");
        }
    }

    private async Task RunChunkAsync(SiloLanes silo, Work work)
    {
        var chunk = Begin(silo, work);
        try
        {
            await RunAsync(chunk);
        }
        finally
        {
            Finish(chunk);
        }
    }

    private async Task RunAsync(RunningChunk chunk)
    {
        try
        {
            var reply = await _nodes.RunChunkAsync(chunk.Silo.Address, RequestFor(chunk));
            Accept(chunk, reply);
            if (reply.State == NodeState.Draining)
            {
                Leave(chunk.Silo);
            }

            if (reply.State == NodeState.Full)
            {
                await PauseAsync(RefusalPause);
            }
        }
#pragma warning disable CA1031 // whatever the call ran into, its items are not lost: they go back, or fail after their attempts
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogChunkFailed(_logger, exception, chunk.Silo.Address, Id);
            await RecoverAsync(chunk, exception);
        }
    }

    private RunningChunk Begin(SiloLanes silo, Work work)
    {
        var chunk = new RunningChunk(++_lastChunk, work, silo, _time.GetTimestamp());
        _running.Add(chunk.Id, chunk);
        silo.RunningChunks++;
        silo.RunningItems += work.Items.Count;
        return chunk;
    }

    private void Finish(RunningChunk chunk)
    {
        _running.Remove(chunk.Id);
        chunk.Silo.RunningChunks--;
        chunk.Silo.RunningItems -= chunk.Work.Items.Count;
        if (chunk.Twin is { } twin && _running.ContainsKey(twin.Id))
        {
            twin.Twin = null;
            _ = CancelOnAsync(twin.Silo.Address, twin.Id);
        }
    }

    private ChunkRequest RequestFor(RunningChunk chunk) => new()
    {
        BatchId = Id,
        ChunkId = chunk.Id,
        Handler = _spec.Handler,
        Items = chunk.Work.Items,
        Attempt = chunk.Work.Attempt,
        ItemTimeout = _spec.ItemTimeout ?? _handler!.ItemTimeout,
        Coordinator = _nodes.Local,
    };

    private void Accept(RunningChunk chunk, ChunkReply reply)
    {
        if (!IsRunning)
        {
            return;
        }

        _sizer.Observe(reply.Results.Count + reply.Failures.Count, reply.Busy, reply.Results.Bytes.Length + reply.Failures.Bytes.Length);
        AddResults(reply.Results, chunk.Silo);
        Retry(chunk, reply.Failures);
        if (reply.Returned.Length > 0 && !_isCancelling)
        {
            var returned = reply.Returned.ToHashSet();
            _queue.Return(chunk.Work with { Items = chunk.Work.Items.Where(i => returned.Contains(chunk.Work.Items.Indices[i]) && IsOpen(chunk.Work.Items.Indices[i])) });
        }

        StartLanes();
        EndWhenDone();
    }

    private void AddResults(PackedEntries results, SiloLanes? silo)
    {
        var isNew = results.Indices.All(IsOpen);
        var added = isNew ? results : results.Where(i => IsOpen(results.Indices[i]));
        for (var i = 0; i < added.Count; i++)
        {
            _isDone[added.Indices[i]] = true;
            UsesBlobs |= added.Kinds[i] == EntryKind.Blob;
            if (added.Kinds[i] == EntryKind.Error)
            {
                _failed++;
            }
            else
            {
                _succeeded++;
            }
        }

        if (silo is not null)
        {
            silo.DoneItems += added.Count;
        }

        _results.Add(added);
        UsesBlobs |= _results.IsSpilled;
        _resultsChanged.Set();
    }

    private void Retry(RunningChunk chunk, PackedEntries failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        var work = chunk.Work;
        if (_isCancelling || work.Attempt >= (_spec.MaxAttempts ?? _handler!.MaxAttempts))
        {
            AddResults(failures, chunk.Silo);
            return;
        }

        var again = failures.Indices.Where(IsOpen).ToHashSet();
        _ = ReturnLaterAsync(new Work(work.Items.Where(i => again.Contains(work.Items.Indices[i])), work.Attempt + 1));
    }

    private async Task ReturnLaterAsync(Work work)
    {
        var backoff = _options.RetryBackoff * Math.Pow(2, Math.Min(work.Attempt - 2, 16));
        await PauseAsync(backoff < MostBackoff ? backoff : MostBackoff);
        _queue.Return(work);
        StartLanes();
    }

    private bool IsOpen(int index) => index < _received && !_isDone[index];

    private void EndWhenDone()
    {
        if (IsRunning && !_isCancelling && _count == _received && Done == _received)
        {
            End(BatchState.Completed);
        }
    }

    private async Task EndCancelledAsync()
    {
        // The silos answer with what was done; one that does not is asked once more and then not waited for.
        for (var i = 0; i < 2 && _running.Count > 0; i++)
        {
            var answered = Task.WhenAll(_lanes);
            await Task.WhenAny(answered, Task.Delay(_options.CancellationGrace + TimeSpan.FromSeconds(1), _time, CancellationToken.None));
            if (!answered.IsCompleted)
            {
                await CancelOnSilosAsync();
            }
        }

        End(BatchState.Cancelled);
    }

    private void End(BatchState state)
    {
        if (!IsRunning)
        {
            return;
        }

        _state = state;
        _endedAt = _time.GetUtcNow();
        _queue.Complete();
        AddEvent(state switch
        {
            BatchState.Completed => BatchEventKind.Completed,
            BatchState.Cancelled => BatchEventKind.Cancelled,
            _ => BatchEventKind.Failed,
        });
        _resultsChanged.Set();
        _ended.TrySetResult();
    }

    private Task CancelOnSilosAsync() =>
        Task.WhenAll(_silos.Values.Where(silo => silo.RunningChunks > 0).Select(silo => CancelOnAsync(silo.Address, null)));

    private async Task CancelOnAsync(SiloAddress silo, long? chunkId)
    {
        try
        {
            await _nodes.CancelAsync(silo, Id, chunkId);
        }
#pragma warning disable CA1031 // a silo that cannot be told is dead or about to be: its answers are not waited for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCancelFailed(_logger, exception, silo, Id);
        }
    }

    private void AddEvent(BatchEventKind kind, string? silo = null)
    {
        var status = Status;
        _latest = status;
        _announced = Done;
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

    private void FailWithoutSilos()
    {
        if (_silos.Values.All(silo => silo.IsGone) && _time.GetElapsedTime(_lanelessSince) > NoSiloPatience)
        {
            Fail($"no silo with a batch handler '{_spec.Handler}' is left.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be asked to join batch {BatchId}")]
    private static partial void LogJoinFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chunk on silo {Silo} of batch {BatchId} got no answer; its items run again")]
    private static partial void LogChunkFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be told to stop batch {BatchId}")]
    private static partial void LogCancelFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
