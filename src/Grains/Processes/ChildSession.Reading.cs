using System.Buffers.Binary;
using Microsoft.Extensions.Logging;

namespace Armature.Processes;

/// <content>What the child says: answers, refusals, and what is no frame at all.</content>
internal sealed partial class ChildSession
{
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    private long? _lookedAt;

    private async Task RunAsync()
    {
        await _process.WaitForEndAsync(ReadAllAsync(), _readingCancellation);
        _ended = true;
        _leases.Remove(this);
        var verdict = _verdict ?? Verdict.Exited;
        LogEnd(verdict);
        _ready.TrySetException(StartFailure(verdict));
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var request))
            {
                FailNow(request, verdict);
            }
        }
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await _reader.ReadAsync(_readingCancellation.Token) is { } frame)
            {
                Dispatch(frame);
            }
        }
        catch (FrameException exception)
        {
            OnMalformed(exception);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            LogOutputBroken(_logger, ProcessId, exception);
        }
    }

    private void Dispatch(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Ready when _ready.TrySetResult():
                frame.Dispose();
                break;
            case FrameKind.Response or FrameKind.Failure when _pending.TryRemove(frame.RequestId, out var request):
                Complete(request, frame);
                break;
            case FrameKind.Capacity when _options.AdaptsInFlight:
                Adapt(frame);
                break;
            default:
                frame.Dispose();
                throw new FrameException($"a {frame.Kind} frame for request {frame.RequestId} came, which the child does not have");
        }
    }

    private void Adapt(Frame frame)
    {
        using (frame)
        {
            var wanted = frame.Payload.Length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(frame.Payload.Span) : 0;
            if (wanted < 1 || wanted > _options.MaxInFlight)
            {
                throw new FrameException($"a child may want 1 to {_options.MaxInFlight:N0} requests at a time, in four bytes; this one wants {wanted:N0} in {frame.Payload.Length}");
            }

            _places = wanted;
            _leases.OnPlacesChanged(this);
        }
    }

    private void Complete(PendingRequest request, Frame frame)
    {
        request.Dispose();
        var failure = frame.Kind == FrameKind.Failure ? ReadFailure(frame) : null;
        if (Interlocked.Increment(ref _answered) >= _options.RecycleAfterRequests || HasGrown())
        {
            BeginRecycling();
        }

        // First the child gets its next request, then the answer its reader.
        _leases.Return(this);
        if (failure is null)
        {
            request.Complete(frame);
        }
        else
        {
            request.Fail(failure);
        }
    }

    private void BeginRecycling()
    {
        if (_options.RetiresAtOnce)
        {
            _ = _leases.RetireAsync(this);
        }

        _recycleDue.TrySetResult();
    }

    // To look costs as much as a small request, so it is done at most ten times a second. Frames are read one after the other.
    private bool HasGrown()
    {
        if (_lookedAt is { } last && _time.GetElapsedTime(last) < LookPause)
        {
            return false;
        }

        _lookedAt = _time.GetTimestamp();
        return ResidentMemory.Of(ProcessId) > _options.RecycleAboveBytes;
    }

    private ProcessRequestException ReadFailure(Frame frame)
    {
        using (frame)
        {
            var failure = RequestFailure.FromPayload(frame.Payload.Span);
            if (failure.Code == RequestFailure.OutOfMemory)
            {
                // The next request would suffer for what this one left.
                _ = _leases.RetireAsync(this);
                _recycleDue.TrySetResult();
            }

            return new ProcessRequestException(failure.Code, failure.Message);
        }
    }

    // A frame that the child could not finish because it died is no offence of its own.
    private void OnMalformed(FrameException exception)
    {
        if (!_process.Exited.IsCompleted)
        {
            Kill(Verdict.Malformed(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The output of child process {ProcessId} broke off")]
    private static partial void LogOutputBroken(ILogger logger, int processId, Exception exception);
}
