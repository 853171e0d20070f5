using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Armature.Processes;

/// <summary>
/// Warm child processes that do requests which the silo cannot be trusted with: code that may crash, hang or swallow all
/// memory. A request is killed at its deadline, a child that dies is one request's error and is replaced, and no child
/// outlives this process. What the children do is their own affair: the pool moves frames.
/// </summary>
public sealed partial class ProcessPool : IPoolMembers, IAsyncDisposable
{
    private readonly string _name;
    private readonly ChildCommand _command;
    private readonly ProcessPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ProcessPool> _logger;
    private readonly LeaseQueue<ChildSession> _leases;

    // Every child that was ready, with its farewell, which is begun once: by its successor or by the stop.
    private readonly ConcurrentDictionary<ChildSession, Lazy<Task>> _members = [];

    // Neither is disposed: a late stop may still cancel them, and they hold no timer.
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _impatience = new();
    private readonly Lock _stopGate = new();
    private ChildLauncher? _launcher;
    private OwnedFolder? _folder;
    private PoolSlot[] _slots = [];
    private Task _running = Task.CompletedTask;
    private Task? _stopped;

    /// <summary>Creates the pool. It has no processes before <see cref="StartAsync"/>.</summary>
    /// <param name="name">A word for logs, thread and directory names, such as <c>images</c>.</param>
    /// <param name="command">What its children run.</param>
    /// <param name="options">Its sizes and limits.</param>
    /// <param name="time">The clock of deadlines and waits.</param>
    /// <param name="logger">Where starts and deaths are reported.</param>
    public ProcessPool(string name, ChildCommand command, ProcessPoolOptions options, TimeProvider time, ILogger<ProcessPool> logger)
    {
        _name = name;
        _command = command;
        _options = options;
        _time = time;
        _logger = logger;
        _leases = new LeaseQueue<ChildSession>(static child => child.Places, options.MaxQueued);
    }

    /// <summary>The process ids of the children that are ready.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _members.Keys.Where(static child => !child.Ended.IsCompleted).Select(static child => child.ProcessId)];

    /// <summary>Starts all children and waits until they are ready.</summary>
    /// <exception cref="ProcessStartException">One could not be started. The others were stopped again.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Path.IsPathRooted(_command.FileName) && !File.Exists(_command.FileName))
        {
            throw new ProcessStartException(_command.FileName, "there is no such file");
        }

        _folder = CreateFolder();
        _launcher = new ChildLauncher(_name);
        var confinement = await Confinement.DetectAsync(_launcher, cancellationToken);
        ReportConfinement(confinement);
        var start = new ChildStart(_folder, _command, _options, confinement);
        _slots = [.. Enumerable.Range(0, _options.Size).Select(_ => new PoolSlot(token => StartChildAsync(start, token), this, _time, _logger))];
        _running = Task.WhenAll(
            [.. _slots.Select(slot => slot.RunAsync(_stopping.Token)), MemoryWatch.RunAsync(() => _members.Keys, _time, _stopping.Token)]);
        try
        {
            await Task.WhenAll(_slots.Select(static slot => slot.FirstStart)).WaitAsync(cancellationToken);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }

        LogStarted(_logger, _name, _options.Size, _command.FileName);
    }

    /// <summary>
    /// Has a child do one request. Waits for a free child first; the deadline runs from the moment one is found.
    /// </summary>
    /// <param name="payload">The request: these parts, one after the other, which are not copied and not touched after the call.</param>
    /// <param name="cancellationToken">Gives the request up; <see cref="ProcessPoolOptions.CancelledRequest"/> says what becomes of the child.</param>
    /// <returns>The answer, which the caller disposes.</returns>
    /// <exception cref="FrameException">The request is larger than <see cref="ProcessPoolOptions.MaxFrameBytes"/>.</exception>
    /// <exception cref="ProcessUnavailableException">Too many requests wait, no child can be started, or the pool does not run.</exception>
    /// <exception cref="ProcessRequestException">The child could not do it, and said so.</exception>
    /// <exception cref="ProcessDiedException">The child died, or was killed at the deadline or for its memory.</exception>
    public async Task<Frame> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> payload, CancellationToken cancellationToken)
    {
        var bytes = payload.Sum(static part => (long)part.Length);
        if (bytes > _options.MaxFrameBytes)
        {
            throw new FrameException($"a request has at most {_options.MaxFrameBytes:N0} bytes, but this one has {bytes:N0}; raise {nameof(ProcessPoolOptions.MaxFrameBytes)} or send less");
        }

        while (true)
        {
            var child = await _leases.LeaseAsync(cancellationToken);
            if (child.TryBegin() is { } request)
            {
                return await child.SendAsync(request, payload, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Takes no more requests, lets running ones and then the children end within <see cref="ProcessPoolOptions.StopTimeout"/>
    /// each, and kills what is left.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience: what is left is killed at once.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var impatience = cancellationToken.Register(_impatience.Cancel);
        await StopOnce();
    }

    /// <summary>Kills what is left and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _impatience.CancelAsync();
        await StopOnce();
    }

    void IPoolMembers.Join(ChildSession child)
    {
        _members[child] = new Lazy<Task>(() => DismissAsync(child));
        _leases.Add(child);
        LogReady(_logger, child.ProcessId, _name);
    }

    void IPoolMembers.Leave(ChildSession child)
    {
        if (_members.TryGetValue(child, out var farewell))
        {
            _ = farewell.Value;
        }
    }

    void IPoolMembers.OnStartFailed(ProcessStartException exception)
    {
        if (_slots.All(static slot => slot.IsOutOfOrder))
        {
            _leases.Fail(new ProcessUnavailableException(
                ProcessUnavailableReason.CannotStart,
                $"No child process of the pool {_name} can be started at the moment; the pool goes on trying. {exception.Message}",
                exception));
        }
    }

    private OwnedFolder CreateFolder()
    {
        try
        {
            return OwnedFolder.Create(_name, _time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProcessStartException(_command.FileName, $"no temporary folder can be made: {exception.Message}", innerException: exception);
        }
    }

    private Task<ChildSession> StartChildAsync(ChildStart start, CancellationToken cancellationToken) =>
        ChildSession.StartAsync(start, _launcher!, _leases, _options, _time, _logger, cancellationToken);

    private Task StopOnce()
    {
        lock (_stopGate)
        {
            return _stopped ??= StopOnceAsync();
        }
    }

    private async Task StopOnceAsync()
    {
        _leases.Close(NotRunning());
        await _stopping.CancelAsync();
        await _running;
        await Task.WhenAll(_members.Values.Select(static farewell => farewell.Value));
        _launcher?.Dispose();
        _folder?.Dispose();
    }

    private async Task DismissAsync(ChildSession child)
    {
        try
        {
            await _leases.RetireAsync(child).WaitAsync(_options.StopTimeout, _time, _impatience.Token);
            await child.StopAsync(_options.StopTimeout, _impatience.Token);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            child.Kill(Verdict.PoolStopped);
        }

        await child.DisposeAsync();
        _members.TryRemove(child, out _);
    }

    private void ReportConfinement(Confinement confinement)
    {
        if (confinement.SetPriv is null)
        {
            LogNoDeathSignal(_logger, _name);
        }

        if (confinement.PrLimit is null)
        {
            LogNoMemoryLimit(_logger, _name);
        }
    }

    private ProcessUnavailableException NotRunning() =>
        new(ProcessUnavailableReason.NotRunning, $"The pool {_name} of child processes was stopped and takes no more requests.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The pool {Pool} has {Size} child processes of {FileName} ready")]
    private static partial void LogStarted(ILogger logger, string pool, int size, string fileName);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Child process {ProcessId} of the pool {Pool} is ready")]
    private static partial void LogReady(ILogger logger, int processId, string pool);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No working setpriv was found (util-linux on Linux): if this process is killed, a child process of the pool {Pool} that is busy may live on until it reads its input")]
    private static partial void LogNoDeathSignal(ILogger logger, string pool);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No working prlimit was found (util-linux on Linux): the memory of the child processes of the pool {Pool} is watched ten times a second on Linux, and not at all elsewhere")]
    private static partial void LogNoMemoryLimit(ILogger logger, string pool);
}
