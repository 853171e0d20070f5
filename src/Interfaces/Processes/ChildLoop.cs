using System.Collections.Concurrent;

namespace Armature.Processes;

/// <summary>
/// The loop of a .NET child process: says that it is ready, then answers one request after the other until the input ends.
/// The calling thread reads, so that the end of input and a cancellation are seen while a request runs on the other thread.
/// </summary>
public sealed class ChildLoop : IDisposable
{
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly IChildRequestHandler _handler;
    private readonly BlockingCollection<Frame> _requests = [];
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _cancellations = [];

    /// <summary>Creates the loop.</summary>
    /// <param name="input">Where requests come from.</param>
    /// <param name="output">Where answers go. Nothing else may be written there.</param>
    /// <param name="maxFrameBytes">The largest payload either way.</param>
    /// <param name="handler">Does the requests.</param>
    public ChildLoop(Stream input, Stream output, int maxFrameBytes, IChildRequestHandler handler)
    {
        _reader = new FrameReader(input, maxFrameBytes);
        _writer = new FrameWriter(output, maxFrameBytes);
        _handler = handler;
    }

    /// <summary>Runs until the end of input. A request that is still running then is abandoned.</summary>
    /// <exception cref="FrameException">What came is no frame.</exception>
    /// <exception cref="EndOfStreamException">The silo died while it wrote a frame.</exception>
    public void Run()
    {
        _handler.WarmUp();
        _writer.Write(FrameKind.Ready, 0, []);
        var answering = new Thread(AnswerAll) { IsBackground = true, Name = "armature-child" };
        answering.Start();
        while (_reader.Read() is { } frame)
        {
            Take(frame);
        }
    }

    /// <summary>Ends the thread that answers once it is idle.</summary>
    public void Dispose() => _requests.CompleteAdding();

    private void Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Request:
                _cancellations[frame.RequestId] = new CancellationTokenSource();
                _requests.Add(frame);
                break;
            case FrameKind.Cancel:
                Cancel(frame);
                break;
            default:
                frame.Dispose();
                throw new FrameException($"a child process takes requests and cancellations, and no {frame.Kind}");
        }
    }

    private void Cancel(Frame frame)
    {
        using (frame)
        {
            if (_cancellations.TryGetValue(frame.RequestId, out var cancellation))
            {
                cancellation.Cancel();
            }
        }
    }

    private void AnswerAll()
    {
        foreach (var request in _requests.GetConsumingEnumerable())
        {
            using (request)
            {
                Answer(request, _cancellations[request.RequestId].Token);
            }

            // Not disposed: a cancellation may be on its way to it, and it holds nothing.
            _cancellations.TryRemove(request.RequestId, out _);
        }
    }

    private void Answer(Frame request, CancellationToken cancellationToken)
    {
        var (kind, answer) = Handle(request, cancellationToken);
        try
        {
            _writer.Write(kind, request.RequestId, answer);
        }
        catch (FrameException exception)
        {
            _writer.Write(FrameKind.Failure, request.RequestId, [FailureOf(exception).ToPayload()]);
        }
        catch (IOException)
        {
            // Nobody reads any more. The end of input, which ends the process, is on its way.
            _requests.CompleteAdding();
        }
    }

    private (FrameKind Kind, IReadOnlyList<ReadOnlyMemory<byte>> Answer) Handle(Frame request, CancellationToken cancellationToken)
    {
        try
        {
            return (FrameKind.Response, _handler.Handle(request.Payload, cancellationToken));
        }
        catch (Exception exception)
        {
            return (FrameKind.Failure, [FailureOf(exception).ToPayload()]);
        }
    }

    private static RequestFailure FailureOf(Exception exception) => exception switch
    {
        ProcessRequestException failure => new RequestFailure(failure.Code, failure.Message),
        OutOfMemoryException => new RequestFailure(RequestFailure.OutOfMemory, "the child process could not allocate memory"),
        _ => new RequestFailure(RequestFailure.Failed, $"{exception.GetType().Name}: {exception.Message}"),
    };
}
