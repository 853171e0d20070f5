using System.Diagnostics.CodeAnalysis;
using Armature.Storage;

namespace Armature.Batching;

/// <summary>
/// A batch at its coordinator: one queue of items, lanes on every silo that take chunks from it, and the results.
/// A plain class; everything in it runs on its owner's scheduler, one step at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and lanes may look at it after the end.")]
internal sealed class BatchRun
{
    private readonly BatchSpec _spec;
    private readonly BatchSurroundings _around;

    private readonly BatchLife _life;
    private readonly ItemLedger _items;
    private readonly ItemQueue _queue = new();
    private readonly ResultLog _results;
    private readonly BatchRecorder? _recorder;
    private readonly Participants _silos;
    private readonly BatchStory _story;
    private readonly RunningChunks _running;
    private readonly LaneTasks _tasks;
    private readonly Suspects _suspects;
    private readonly Lanes _lanes;
    private readonly LateChunks _late;
    private readonly CancellationTokenSource _stopped = new();
    private RecordedBatch? _resumed;
    private bool _hasItemBlobs;
    private long _lastHeard;

    /// <summary>A batch that lives and dies with its coordinator's silo.</summary>
    public BatchRun(string id, BatchSpec spec, BatchSurroundings around)
        : this(id, new BatchStart(spec, around.Time.GetUtcNow()), around, new BlobShelf(id, around.Blobs, around.Serializer), firstNumber: 0)
    {
    }

    /// <summary>A durable batch: a new one, or one that another coordinator has recorded.</summary>
    public BatchRun(string id, RecordedBatch recorded, IRecordStore store, GroupCommit commits, BatchSurroundings around)
        : this(id, recorded.Start, around, new RecordShelf(id, store, around.Serializer), BatchRecorder.FirstNumber(commits.Epoch), commits, recorded)
    {
        _resumed = recorded;
    }

    private BatchRun(string id, BatchStart start, BatchSurroundings around, IPageShelf shelf, long firstNumber, GroupCommit? commits = null, RecordedBatch? recorded = null)
    {
        Id = id;
        _spec = start.Spec;
        _around = around;
        var time = around.Time;
        _lastHeard = time.GetTimestamp();
        _life = new(time, start.SubmittedAt);
        _items = new(id, around.Options);
        _results = new(id, shelf, around.Options.MaxResultBytes, around.Logger);
        _recorder = commits is null ? null : new(commits, recorded!, _results, around.Serializer, Leave);
        _silos = new(id, _spec, around.Nodes, time, around.Logger);
        _story = new(id, _spec, _life, _items, _results, _silos, firstNumber, time);
        _running = new(id, _spec, around.Nodes, _silos, _items, firstNumber, time, around.Logger);
        _tasks = new(exception => Fail($"a loop of its coordinator failed: {exception}"));
        var sizer = new ChunkSizer(around.Options.ChunkTarget);
        IResultSink sink = _recorder is null ? _results : _recorder;
        var outcomes = new Outcomes(_spec, _life, _silos, _items, _queue, sink, sizer, around.Options, around.Serializer.GetSerializer<ItemError>());
        _suspects = new(id, _life, _silos, _items, _running, outcomes, _tasks, _recorder, around.Logger);
        var calls = new ChunkCalls(id, _life, _silos, _running, outcomes, _suspects, _recorder, around.Logger);
        _lanes = new(_life, _silos, _queue, sizer, _running, calls, _tasks);
        _late = new(_silos, _items, _queue, sizer, _running, calls, _tasks, around.Options, time);
        outcomes.Changed += GoOn;
        _running.Ended += chunk => _recorder?.End(chunk);
        _silos.Joined += silo => OnMembership(BatchEventKind.SiloJoined, silo);
        _silos.Left += silo => OnMembership(BatchEventKind.SiloLeft, silo);
        if (recorded is not null)
        {
            Restore(recorded);
        }
    }

    public string Id { get; }

    public bool IsDurable => _recorder is not null;

    public bool IsRunning => _life.IsRunning;

    /// <summary>True when another silo has the batch, or will have it: what this one says does not count.</summary>
    public bool HasLeft => _life.HasLeft;

    /// <summary>True when blobs of this batch's name may exist.</summary>
    public bool UsesBlobs => _hasItemBlobs || _results.UsesBlobs;

    /// <summary>The status at the last event. May be read on any thread.</summary>
    public BatchStatus LatestStatus => _story.Latest;

    /// <summary>Ends with the batch, or when it leaves; never fails.</summary>
    public Task Ended => _life.Ended;

    public BatchStatus Status => _story.Status;

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public Task PrepareAsync() => _silos.PrepareAsync(_stopped.Token);

    /// <summary>Runs the batch until it ends or leaves.</summary>
    public async Task RunAsync()
    {
        var membership = _silos.FollowAsync(_stopped.Token);
        Begin();
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

    /// <summary>
    /// Takes items that it does not have yet; those of a durable batch are recorded when it returns. An empty page only says that the
    /// sender lives.
    /// </summary>
    /// <exception cref="BatchConflictException">The batch has another number of items than the sender says.</exception>
    /// <exception cref="BatchLimitException">The batch would be too large; it has failed.</exception>
    public async Task<AppendReply> AppendAsync(PackedEntries page, int? count)
    {
        _lastHeard = _around.Time.GetTimestamp();
        _items.ThrowIfOther(page, count);
        if (!_life.StartsWork || _items.IsSealed)
        {
            // A page that comes again may still be on its way to the records.
            await RecordAsync(PackedEntries.Empty, count: null);
            return new(page.Count == 0 ? _items.Received : page.Indices[0] + page.Count, IsFull: false);
        }

        if (page.Count > 0 && page.Indices[0] > _items.Received)
        {
            return new(_items.Received, IsFull: false);
        }

        if (_queue.Bytes > 0 && _queue.Bytes + page.Bytes.Length > _around.Options.MaxQueuedBytes)
        {
            return new(_items.Received, IsFull: true);
        }

        var added = Take(page, count);
        await RecordAsync(added, _items.IsSealed ? count : null);
        _queue.Add(added);
        GoOn();
        return new(_items.Received, IsFull: false);
    }

    /// <summary>Waits until items were taken from the queue, at most for a time.</summary>
    public async Task WaitForRoomAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var timeout = Task.Delay(most, _around.Time, cancellationToken);
        await Task.WhenAny(_queue.WaitForRoomAsync(), timeout);
    }

    /// <summary>Results from a cursor on; waits for a time when there are none.</summary>
    public async Task<ResultPage> ReadResultsAsync(int cursor, TimeSpan most, CancellationToken cancellationToken)
    {
        if (cursor >= _results.End && IsRunning)
        {
            await _results.WaitForMoreAsync(most, _around.Time, cancellationToken);
        }

        var (pages, next) = await _results.ReadAsync(cursor, cancellationToken);
        var state = next < _results.End ? BatchState.Running : _life.State;
        return new([.. pages], next, state, _items.Received, _life.Failure) { ResultType = _spec.ResultType, IsDurable = IsDurable };
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

        if (_recorder is not null && !_life.IsCancelling)
        {
            await _recorder.CancelAsync();
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
        if (_life.TakesResults)
        {
            End(BatchState.Failed, reason);
            _ = _running.CancelSentAsync();
        }
    }

    /// <summary>
    /// Lets another coordinator go on with a durable batch: starts nothing more, waits for what runs, takes back what runs longer than
    /// a time, and records what was done.
    /// </summary>
    public async Task LeaveAsync(TimeSpan most)
    {
        if (!IsRunning)
        {
            return;
        }

        _life.BeginLeaving();
        _queue.Complete();
        await Task.WhenAny(_tasks.WhenAll(), Task.Delay(most, _around.Time, CancellationToken.None));
        if (!_life.TryBeginEnding())
        {
            await _life.Ended;
            return;
        }

        // They are taken back in order: none of them is suspect.
        foreach (var chunk in _running.All)
        {
            _recorder!.End(chunk);
        }

        await Task.WhenAll(_recorder!.FlushAsync(), _running.CancelSentAsync());
        Depart();
    }

    /// <summary>Called several times a second: tells the progress, uses idle silos at the end of the batch, and gives up what cannot go on.</summary>
    public void Tick()
    {
        if (!IsRunning)
        {
            return;
        }

        _story.TellProgress();
        if (!_life.StartsWork)
        {
            return;
        }

        _late.Reissue();
        _suspects.Start();
        if (!IsDurable && _silos.IsDeserted)
        {
            Fail($"no silo with a batch handler '{_spec.Handler}' is left.");
        }

        if (!_items.IsSealed && _around.Time.GetElapsedTime(_lastHeard) > _around.Options.SenderTimeout)
        {
            Fail($"its sender was not heard of for {_around.Options.SenderTimeout} (Batching:SenderTimeout) and had not sent its last item. Submit the work again.");
        }
    }

    private void Begin()
    {
        if (_resumed is not { } recorded)
        {
            _story.Tell(BatchEventKind.Started);
            GoOn();
            return;
        }

        _resumed = null;
        _story.Tell(recorded.Items.Count == 0 ? BatchEventKind.Started : BatchEventKind.Resumed);
        if (recorded.IsCancelled)
        {
            _life.BeginCancelling();
            _queue.Complete();
            End(BatchState.Cancelled, failure: null);
            return;
        }

        var open = new OpenItems(recorded, _items, _silos);
        open.Condemned.ForEach(item => _suspects.Condemn(item.Work, item.Silo));
        open.Waiting.ForEach(_queue.Add);
        open.Suspects.ForEach(_suspects.Add);
        GoOn();
    }

    private void Restore(RecordedBatch recorded)
    {
        foreach (var page in recorded.Items)
        {
            _hasItemBlobs |= _items.Take(page, count: null).Kinds.Contains(EntryKind.Blob);
        }

        _items.Take(PackedEntries.Empty, recorded.Count);
        foreach (var page in recorded.Results)
        {
            _items.MarkDone(page);
            _results.AddPage(page);
        }

        if (recorded.End is { } end)
        {
            _queue.Complete();
            Conclude(end);
        }
    }

    private PackedEntries Take(PackedEntries page, int? count)
    {
        try
        {
            var added = _items.Take(page, count);
            _hasItemBlobs |= added.Kinds.Contains(EntryKind.Blob);
            return added;
        }
        catch (BatchLimitException exception)
        {
            Fail(exception.Message);
            throw;
        }
    }

    private Task RecordAsync(PackedEntries added, int? count) => _recorder?.AddItemsAsync(added, count) ?? Task.CompletedTask;

    /// <summary>After every change: starts what waits, and ends the batch when all is done.</summary>
    private void GoOn()
    {
        if (!_life.StartsWork)
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
            await Task.WhenAny(answered, Task.Delay(_around.Options.CancellationGrace + TimeSpan.FromSeconds(1), _around.Time, CancellationToken.None));
            if (!answered.IsCompleted)
            {
                await _running.CancelAllAsync();
            }
        }

        End(BatchState.Cancelled, failure: null);
    }

    private void End(BatchState state, string? failure)
    {
        if (!_life.TryBeginEnding())
        {
            return;
        }

        _queue.Complete();
        var end = new BatchEnd(state, failure, _around.Time.GetUtcNow());
        if (_recorder is null)
        {
            Conclude(end);
            return;
        }

        _ = RecordEndAsync(_recorder, end);
    }

    private async Task RecordEndAsync(BatchRecorder recorder, BatchEnd end)
    {
        try
        {
            await recorder.EndAsync(end);
            Conclude(end);
        }
        catch (ArmatureException)
        {
            // The recorder has told: another coordinator will end it.
        }
    }

    private void Conclude(BatchEnd end)
    {
        _life.End(end);
        _story.TellEnd();
        _results.Wake();
        _life.TellEnded();
    }

    /// <summary>The records have another owner, or cannot be written: nothing that happens here counts.</summary>
    private void Leave(Exception reason)
    {
        if (IsRunning)
        {
            _around.TellLeft(Id, reason);
            Depart();
            _ = _running.CancelSentAsync();
        }
    }

    private void Depart()
    {
        _life.Leave();
        _queue.Complete();
        _story.Wake();
        _results.Wake();
    }
}
