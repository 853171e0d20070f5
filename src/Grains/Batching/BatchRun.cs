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
    private readonly ItemIntake _intake;
    private readonly Participants _silos;
    private readonly BatchIncidents _incidents;
    private readonly BatchStory _story;
    private readonly RunningChunks _running;
    private readonly LaneTasks _tasks;
    private readonly BatchEnding _ending;
    private readonly Suspects _suspects;
    private readonly Lanes _lanes;
    private readonly LateChunks _late;
    private readonly CancellationTokenSource _stopped = new();
    private BatchTakeover? _takeover;

    /// <summary>A batch that lives and dies with its coordinator's silo.</summary>
    public BatchRun(string id, BatchSpec spec, BatchSurroundings around)
        : this(id, new BatchStart(spec, around.Time.GetUtcNow()), around, new BlobShelf(id, around.Blobs, around.Serializer), firstNumber: 0)
    {
    }

    /// <summary>A durable batch: a new one, or one that another coordinator has recorded.</summary>
    public BatchRun(string id, RecordedBatch recorded, IRecordStore store, GroupCommit commits, BatchSurroundings around)
        : this(id, recorded.Start, around, new RecordShelf(id, store, around.Serializer), BatchRecorder.FirstNumber(commits.Epoch), commits, recorded)
    {
        IsTakenOver = recorded.IsTakenOver;
    }

    private BatchRun(string id, BatchStart start, BatchSurroundings around, IPageShelf shelf, long firstNumber, GroupCommit? commits = null, RecordedBatch? recorded = null)
    {
        Id = id;
        _spec = start.Spec;
        _around = around;
        var time = around.Time;
        _life = new(time, start.SubmittedAt);
        _items = new(id, around.Options);
        _results = new(id, shelf, around.Options.MaxResultBytes, around.Logger);
        _recorder = commits is null ? null : new(commits, recorded!, _results, around.Serializer, reason => _ending!.Depart(reason));
        Submissions = new(id, _spec, _recorder, recorded?.Submissions ?? []);
        _intake = new(_life, _items, _queue, _recorder, around.Options, time);
        _silos = new(id, _spec, around.Nodes, time, around.Logger);
        _incidents = new(id, around.Logger);
        _story = new(id, _spec, _life, _items, _results, _silos, _incidents, _recorder, firstNumber, time);
        _running = new(id, _spec, around.Nodes, _silos, _items, firstNumber, time, around.Logger);
        _tasks = new(exception => Fail($"a loop of its coordinator failed: {exception}"));
        _ending = new(id, _life, _queue, _results, _recorder, _story, _running, _tasks, around);
        var sizer = new ChunkSizer(around.Options.ChunkTarget);
        IResultSink sink = _recorder is null ? _results : _recorder;
        var outcomes = new Outcomes(_spec, _life, _silos, _items, _queue, sink, sizer, _incidents, around.Options, around.Serializer.GetSerializer<ItemError>());
        var unreachable = new UnreachableSilos(id, _spec.Handler, _life, _silos, around.Nodes, _tasks, time, around.Logger);
        var suspectCalls = new SuspectCalls(id, _life, around.Nodes, _running, unreachable, _recorder, around.Logger);
        _suspects = new(id, _life, _silos, _items, _running, unreachable, suspectCalls, outcomes, _tasks, _incidents, _recorder, around.Logger);
        var calls = new ChunkCalls(id, _life, _silos, _running, unreachable, outcomes, _suspects, _recorder, around.Logger);
        _lanes = new(_life, _silos, _queue, sizer, _running, calls, _tasks);
        _late = new(_silos, _items, _queue, sizer, _running, calls, _tasks, _incidents, around.Options, time);
        outcomes.Changed += GoOn;
        unreachable.Returned += GoOn;
        unreachable.Returned += _suspects.Start;
        outcomes.Retried += (work, silo) => _recorder?.AddAttempt(work, silo.Address);
        _intake.Added += GoOn;
        _intake.Overflowed += Fail;
        _running.Ended += chunk => _recorder?.End(chunk);
        _silos.Joined += silo => OnMembership(BatchEventKind.SiloJoined, silo, _incidents.OnJoined);
        _silos.Left += silo => OnMembership(BatchEventKind.SiloLeft, silo, _incidents.OnLeft);
        if (recorded is null)
        {
            return;
        }

        _takeover = new(recorded, _intake, _items, _results, _incidents, _story);
        _takeover.Restore();
        if (recorded.End is { } end)
        {
            _ending.Conclude(end);
        }
    }

    public string Id { get; }

    public bool IsDurable => _recorder is not null;

    /// <summary>True for a durable batch that another coordinator had begun.</summary>
    public bool IsTakenOver { get; }

    public bool IsRunning => _life.IsRunning;

    /// <summary>True when another silo has the batch, or will have it: what this one says does not count.</summary>
    public bool HasLeft => _life.HasLeft;

    /// <summary>True when it was cancelled because all its callers gave it up: its id may be used anew.</summary>
    public bool IsAbandoned => _life.IsAbandoned;

    /// <summary>Its callers.</summary>
    public Submissions Submissions { get; }

    /// <summary>Why its records cannot be written just now, while that is tried again; null when all is well.</summary>
    public Exception? RecordTrouble => _recorder?.Trouble;

    /// <summary>True when blobs of this batch's name may exist.</summary>
    public bool UsesBlobs => _intake.UsesBlobs || _results.UsesBlobs;

    /// <summary>The status at the last event. May be read on any thread.</summary>
    public BatchStatus LatestStatus => _story.Latest;

    /// <summary>Ends with the batch, or when it leaves; never fails.</summary>
    public Task Ended => _life.Ended;

    public BatchStatus Status => _story.Status;

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ. One that was taken over waits for such a silo.</exception>
    public Task PrepareAsync() => IsTakenOver ? _silos.ResumeAsync(_stopped.Token) : _silos.PrepareAsync(_stopped.Token);

    /// <summary>Runs the batch until it ends or leaves.</summary>
    public async Task RunAsync()
    {
        var membership = _silos.FollowAsync(_stopped.Token);
        Begin();
        await _life.Ended;
        await _stopped.CancelAsync();
        await membership;
    }

    /// <summary>Takes items, and waits for a time when there is no room for them.</summary>
    public async Task<AppendReply> AppendAsync(PackedEntries page, int? count, TimeSpan most, CancellationToken cancellationToken)
    {
        var reply = await AppendAsync(page, count);
        if (!reply.IsFull)
        {
            return reply;
        }

        await _intake.WaitForRoomAsync(most, cancellationToken);
        return await AppendAsync(page, count);
    }

    /// <inheritdoc cref="ItemIntake.AppendAsync"/>
    public Task<AppendReply> AppendAsync(PackedEntries page, int? count) => _intake.AppendAsync(page, count);

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

    /// <inheritdoc cref="BatchEnding.CancelAsync"/>
    public Task CancelAsync() => _ending.CancelAsync();

    /// <summary>Cancels because a caller is gone, when no other is left.</summary>
    public async Task AbandonAsync(Guid submission)
    {
        if (await Submissions.IsLastToLeaveAsync(submission))
        {
            _life.Abandon();
            await CancelAsync();
        }
    }

    /// <inheritdoc cref="BatchEnding.Fail"/>
    public void Fail(string reason) => _ending.Fail(reason);

    /// <inheritdoc cref="BatchEnding.LeaveAsync"/>
    public Task LeaveAsync(TimeSpan most) => _ending.LeaveAsync(most);

    /// <summary>Called several times a second: tells the progress, uses idle silos at the end of the batch, and gives up what cannot go on.</summary>
    public void Tick()
    {
        if (!IsRunning)
        {
            return;
        }

        _incidents.TellSuspected();
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

        if (_intake.IsForsaken)
        {
            Fail($"its sender was not heard of for {_around.Options.SenderTimeout} (Batching:SenderTimeout) and had not sent its last item. Submit the work again.");
        }
    }

    private void Begin()
    {
        if (_takeover is not { } takeover)
        {
            _story.Tell(BatchEventKind.Started);
            GoOn();
            return;
        }

        _takeover = null;
        takeover.Tell();
        if (takeover.IsCancelled)
        {
            _life.BeginCancelling();
            _ending.End(BatchState.Cancelled);
            return;
        }

        takeover.Distribute(_silos, _queue, _suspects, _recorder!);
        GoOn();
    }

    /// <summary>After every change: starts what waits, and ends the batch when all is done.</summary>
    private void GoOn()
    {
        if (!_life.StartsWork)
        {
            return;
        }

        if (_items.IsComplete)
        {
            _ending.End(BatchState.Completed);
            return;
        }

        _lanes.Start();
    }

    private void OnMembership(BatchEventKind kind, SiloLanes silo, Action<SiloLanes> record)
    {
        if (!IsRunning)
        {
            return;
        }

        record(silo);
        _story.Tell(kind, silo.Name);
        GoOn();
        _suspects.Start();
    }
}
