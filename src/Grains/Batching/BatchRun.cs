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
internal sealed class BatchRun
{
    private readonly BatchSpec _spec;
    private readonly BatchingOptions _options;
    private readonly TimeProvider _time;

    private readonly BatchLife _life;
    private readonly ItemLedger _items;
    private readonly ItemQueue _queue = new();
    private readonly ResultLog _results;
    private readonly Participants _silos;
    private readonly BatchStory _story;
    private readonly RunningChunks _running;
    private readonly LaneTasks _tasks;
    private readonly Suspects _suspects;
    private readonly Lanes _lanes;
    private readonly LateChunks _late;
    private readonly CancellationTokenSource _stopped = new();
    private bool _hasItemBlobs;
    private long _lastHeard;

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
        _options = options;
        _time = time;
        _lastHeard = time.GetTimestamp();
        _life = new(time);
        _items = new(id, options);
        _results = new(id, blobs, pages, options.MaxResultBytes, logger);
        _silos = new(id, spec, nodes, time, logger);
        _story = new(id, spec, _life, _items, _silos, time);
        _running = new(id, spec, nodes, _silos, _items, time, logger);
        _tasks = new(exception => Fail($"a loop of its coordinator failed: {exception}"));
        var sizer = new ChunkSizer(options.ChunkTarget);
        var outcomes = new Outcomes(spec, _life, _silos, _items, _queue, _results, sizer, options, errors);
        _suspects = new(id, _life, _silos, _items, _running, outcomes, _tasks, logger);
        var calls = new ChunkCalls(id, _life, _silos, _running, outcomes, _suspects, logger);
        _lanes = new(_life, _silos, _queue, sizer, _running, calls, _tasks);
        _late = new(_silos, _items, _queue, sizer, _running, calls, _tasks, options, time);
        outcomes.Changed += GoOn;
        _silos.Joined += silo => OnMembership(BatchEventKind.SiloJoined, silo);
        _silos.Left += silo => OnMembership(BatchEventKind.SiloLeft, silo);
    }

    public string Id { get; }

    public bool IsRunning => _life.IsRunning;

    /// <summary>True when blobs of this batch's name may exist.</summary>
    public bool UsesBlobs => _hasItemBlobs || _results.UsesBlobs;

    /// <summary>The status at the last event. May be read on any thread.</summary>
    public BatchStatus LatestStatus => _story.Latest;

    /// <summary>Ends with the batch; never fails.</summary>
    public Task Ended => _life.Ended;

    public BatchStatus Status => _story.Status;

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public Task PrepareAsync() => _silos.PrepareAsync(_stopped.Token);

    /// <summary>Runs the batch to its end.</summary>
    public async Task RunAsync()
    {
        _story.Tell(BatchEventKind.Started);
        var membership = _silos.FollowAsync(_stopped.Token);
        GoOn();
        await _life.Ended;
        await _stopped.CancelAsync();
        await membership;
    }

    /// <summary>Joins a caller who submits this id again.</summary>
    /// <exception cref="BatchConflictException">The caller's work is another.</exception>
    public void Join(BatchSpec spec)
    {
        if (BatchConflict.Between(_spec, spec) is { } difference)
        {
            throw new BatchConflictException(Id, difference);
        }
    }

    /// <summary>Takes items that it does not have yet. An empty page only says that the sender lives.</summary>
    /// <exception cref="BatchConflictException">The batch has another number of items than the sender says.</exception>
    /// <exception cref="BatchLimitException">The batch would be too large; it has failed.</exception>
    public AppendReply Append(PackedEntries page, int? count)
    {
        _lastHeard = _time.GetTimestamp();
        _items.ThrowIfOther(page, count);
        if (!IsRunning || _life.IsCancelling || _items.IsSealed)
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
            await _results.WaitForMoreAsync(most, _time, cancellationToken);
        }

        var (pages, next) = await _results.ReadAsync(cursor, cancellationToken);
        var state = next < _results.End ? BatchState.Running : _life.State;
        return new([.. pages], next, state, _items.Received, _life.Failure) { ResultType = _spec.ResultType };
    }

    /// <summary>Events from a number on; waits for a time when there are none.</summary>
    public Task<IReadOnlyList<BatchEvent>> ReadEventsAsync(long sequence, TimeSpan most, CancellationToken cancellationToken) =>
        _story.ReadAsync(sequence, most, cancellationToken);

    /// <summary>Starts nothing more, tells every silo, and ends the batch when they have answered.</summary>
    public async Task CancelAsync()
    {
        if (!IsRunning)
        {
            return;
        }

        if (!_life.IsCancelling)
        {
            _life.BeginCancelling();
            _queue.Complete();
            _ = EndCancelledAsync();
        }

        await _running.CancelAllAsync();
    }

    /// <summary>Ends the batch because it cannot go on.</summary>
    public void Fail(string reason)
    {
        if (IsRunning)
        {
            End(BatchState.Failed, reason);
            _ = _running.CancelAllAsync();
        }
    }

    /// <summary>Called several times a second: tells the progress, uses idle silos at the end of the batch, and gives up what cannot go on.</summary>
    public void Tick()
    {
        if (!IsRunning)
        {
            return;
        }

        _story.TellProgress();
        _late.Reissue();
        if (_silos.IsDeserted)
        {
            Fail($"no silo with a batch handler '{_spec.Handler}' is left.");
        }

        if (!_items.IsSealed && _time.GetElapsedTime(_lastHeard) > _options.SenderTimeout)
        {
            Fail($"its sender was not heard of for {_options.SenderTimeout} (Batching:SenderTimeout) and had not sent its last item. Submit the work again.");
        }
    }

    private void Take(PackedEntries page, int? count)
    {
        try
        {
            var added = _items.Take(page, count);
            _hasItemBlobs |= added.Kinds.Contains(EntryKind.Blob);
            _queue.Add(added);
        }
        catch (BatchLimitException exception)
        {
            Fail(exception.Message);
            throw;
        }

        GoOn();
    }

    /// <summary>After every change: starts what waits, and ends the batch when all is done.</summary>
    private void GoOn()
    {
        if (!IsRunning || _life.IsCancelling)
        {
            return;
        }

        if (_items.IsComplete)
        {
            End(BatchState.Completed, failure: null);
            return;
        }

        _lanes.Start();
    }

    private void OnMembership(BatchEventKind kind, SiloLanes silo)
    {
        if (!IsRunning)
        {
            return;
        }

        _story.Tell(kind, silo.Name);
        GoOn();
        _suspects.Start();
    }

    private async Task EndCancelledAsync()
    {
        // The silos answer with what was done; one that does not is asked once more and then not waited for.
        for (var i = 0; i < 2 && _running.Count > 0; i++)
        {
            var answered = _tasks.WhenAll();
            await Task.WhenAny(answered, Task.Delay(_options.CancellationGrace + TimeSpan.FromSeconds(1), _time, CancellationToken.None));
            if (!answered.IsCompleted)
            {
                await _running.CancelAllAsync();
            }
        }

        End(BatchState.Cancelled, failure: null);
    }

    private void End(BatchState state, string? failure)
    {
        if (!IsRunning)
        {
            return;
        }

        _life.End(state, failure);
        _queue.Complete();
        _story.TellEnd();
        _results.Wake();
    }
}
