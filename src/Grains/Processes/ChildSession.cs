using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Armature.Processes;

/// <summary>The conversation with one child: which requests it has, what it answers, and who hears of its death.</summary>
internal sealed partial class ChildSession : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly LeaseQueue<ChildSession> _leases;
    private readonly ProcessPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _fileName;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _readingCancellation = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _recycleDue = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever takes a request out of here decides what becomes of it: its answer, its deadline, its cancellation or the death.
    private readonly ConcurrentDictionary<long, PendingRequest> _pending = [];
    private Verdict? _verdict;
    private volatile bool _ended;
    private volatile int _places;
    private long _lastId;
    private int _answered;

    private ChildSession(ChildProcess process, string fileName, LeaseQueue<ChildSession> leases, ProcessPoolOptions options, TimeProvider time, ILogger logger)
    {
        _process = process;
        _fileName = fileName;
        _leases = leases;
        _options = options;
        _time = time;
        _logger = logger;
        _reader = new FrameReader(process.Output, options.MaxFrameBytes);
        _writer = new FrameWriter(process.Input, options.MaxFrameBytes);
        _places = options.AdaptsInFlight ? 1 : options.MaxInFlight;
        Ended = RunAsync();
    }

    internal int ProcessId => _process.Id;

    /// <summary>Completes when the child is gone and its requests were failed.</summary>
    internal Task Ended { get; }

    /// <summary>Completes when the child has done enough, or grown enough, to be replaced.</summary>
    internal Task RecycleDue => _recycleDue.Task;

    /// <summary>Requests that it may have at a time.</summary>
    internal int Places => _places;

    internal bool WasUsed => Interlocked.Read(ref _lastId) > 0;

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <exception cref="ProcessStartException">It did not start, ended before it was ready, or took too long.</exception>
    internal static async Task<ChildSession> StartAsync(
        ChildStart start,
        ChildLauncher launcher,
        LeaseQueue<ChildSession> leases,
        ProcessPoolOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var process = await ChildProcess.StartAsync(start, launcher, time, logger);
        var session = new ChildSession(process, start.FileName, leases, options, time, logger);
        try
        {
            await session._ready.Task.WaitAsync(options.StartTimeout, time, cancellationToken);
            return session;
        }
        catch (TimeoutException)
        {
            await session.DisposeAsync();
            throw new ProcessStartException(
                start.FileName, $"it was not ready within {options.StartTimeout.TotalSeconds:0.###} seconds", process.StandardError);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>A request for this child, or null if the child takes none any more. Nothing was sent yet.</summary>
    internal PendingRequest? TryBegin()
    {
        var request = new PendingRequest(Interlocked.Increment(ref _lastId));
        _pending[request.Id] = request;
        return (_ended || _verdict is not null) && _pending.TryRemove(request.Id, out _) ? null : request;
    }

    /// <summary>Sends a request and waits for its answer. The payload is not touched any more when the task has ended.</summary>
    internal async Task<Frame> SendAsync(PendingRequest request, IReadOnlyList<ReadOnlyMemory<byte>> payload, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && _pending.TryRemove(request.Id, out _))
        {
            _leases.Return(this);
            request.Cancel(cancellationToken);
            return await request.Reply;
        }

        request.Deadline = _time.CreateTimer(_ => OnDeadline(request), null, _options.RequestTimeout, Timeout.InfiniteTimeSpan);
        await using var cancellation = cancellationToken.UnsafeRegister(_ => OnCancelled(request, cancellationToken), null);
        await WriteAsync(FrameKind.Request, request.Id, payload);
        return await request.Reply;
    }

    /// <summary>Ends the child now. The first verdict counts.</summary>
    internal void Kill(Verdict verdict)
    {
        if (Interlocked.CompareExchange(ref _verdict, verdict, null) is null)
        {
            _leases.Remove(this);
            _process.Kill();
        }
    }

    /// <summary>Kills the child if it holds more memory than it may.</summary>
    internal void CheckMemory()
    {
        var resident = ResidentMemory.Of(ProcessId);
        if (resident > _options.MemoryLimitBytes && !_ended)
        {
            Kill(Verdict.Memory(resident, _options.MemoryLimitBytes));
        }
    }

    /// <summary>Lets a child that has no request left end by itself, and kills it if it does not.</summary>
    internal async Task StopAsync(TimeSpan patience, CancellationToken impatience)
    {
        Interlocked.CompareExchange(ref _verdict, Verdict.Retired, null);
        _process.CloseInput();
        await _process.KillAfterAsync(patience, impatience);
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        Kill(Verdict.PoolStopped);
        _process.Kill();
        await Ended;
        await _process.DisposeAsync();
        _readingCancellation.Dispose();
        _writing.Dispose();
    }

    private async Task WriteAsync(FrameKind kind, long requestId, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        await _writing.WaitAsync();
        try
        {
            // Not cancelled: half a frame would spoil the stream. A child that does not read is ended by the deadline.
            await _writer.WriteAsync(kind, requestId, parts, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            LogInputBroken(_logger, ProcessId, exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void OnDeadline(PendingRequest request)
    {
        if (_pending.TryRemove(request.Id, out _))
        {
            Kill(Verdict.Neighbour);
            _ = FailAtEndAsync(request, Verdict.Deadline(_options.RequestTimeout));
        }
    }

    private async Task FailAtEndAsync(PendingRequest request, Verdict verdict)
    {
        await Ended;
        FailNow(request, verdict);
    }

    private void OnCancelled(PendingRequest request, CancellationToken cancellationToken)
    {
        if (_options.CancelledRequest == CancelledRequestPolicy.Drain)
        {
            request.Cancel(cancellationToken);
            request.ShortenDeadline(_options.DrainTimeout);
            _ = WriteAsync(FrameKind.Cancel, request.Id, []);
        }
        else if (_pending.TryRemove(request.Id, out _))
        {
            request.Dispose();
            request.Cancel(cancellationToken);
            Kill(Verdict.Neighbour);
        }
    }

    private void FailNow(PendingRequest request, Verdict verdict)
    {
        request.Dispose();
        request.Fail(new ProcessDiedException(verdict.Cause, verdict.Reason, _process.ExitCode, _process.StandardError));
    }

    private ProcessStartException StartFailure(Verdict verdict) => new(
        _fileName,
        verdict == Verdict.Exited
            ? $"it ended before it was ready ({ProcessExit.Describe(_process.ExitCode)})"
            : $"it {verdict.Reason}",
        _process.StandardError);

    private void LogEnd(Verdict verdict)
    {
        if (verdict == Verdict.Retired)
        {
            LogRetired(_logger, ProcessId);
        }
        else
        {
            LogDied(_logger, ProcessId, verdict.Cause, _process.ExitCode);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Child process {ProcessId} does not read its input any more")]
    private static partial void LogInputBroken(ILogger logger, int processId, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Child process {ProcessId} was retired")]
    private static partial void LogRetired(ILogger logger, int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Child process {ProcessId} died: {Cause}, exit code {ExitCode}")]
    private static partial void LogDied(ILogger logger, int processId, ProcessDeathCause cause, int exitCode);
}
