using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>A chunk on the silo that runs it: which items are started, and what became of them. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and may be cancelled while the chunk ends.")]
internal sealed class ChunkRun(ChunkRequest request, Serializer<ItemError> errors, StartGate gate, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<ChunkReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly EntryWriter _results = new();
    private readonly EntryWriter _failures = new();
    private int _started;
    private int _running;
    private readonly List<int> _givenBack = [];
    private bool _isClosed;
    private bool _isStopped;
    private NodeState _state = NodeState.Ready;
    private TimeSpan _busy;

    public ChunkRequest Request => request;

    public Task<ChunkReply> Reply => _reply.Task;

    /// <summary>Cancelled when the items that run are to stop.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    public TimeProvider Time => time;

    /// <summary>Takes the next item that was not started; false when there is none, or none may start now.</summary>
    public bool TryStart(out int position)
    {
        lock (_lock)
        {
            position = _started;
            if (_isClosed || _started == request.Items.Count || (gate.IsClosed && !request.IsAlone))
            {
                return false;
            }

            _started++;
            _running++;
            return true;
        }
    }

    /// <summary>True when no item is left to start.</summary>
    public bool IsStarted
    {
        get
        {
            lock (_lock)
            {
                return _isClosed || _started == request.Items.Count;
            }
        }
    }

    /// <summary>True while an item runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _running > 0;
            }
        }
    }

    /// <summary>Reports a result; false when it has to go to the blob store first.</summary>
    public bool TryComplete<T>(int position, T value, EntryCodec<T> codec, TimeSpan busy)
    {
        lock (_lock)
        {
            if (!codec.TryWrite(_results, request.Items.Indices[position], value, BatchLimits.MaxReplyBytes))
            {
                return false;
            }

            EndItem(busy);
            return true;
        }
    }

    /// <summary>Reports a result that lies in the blob store.</summary>
    public void CompleteWithBlob(int position, string blobName, TimeSpan busy)
    {
        lock (_lock)
        {
            _results.AddBlobName(request.Items.Indices[position], blobName);
            EndItem(busy);
        }
    }

    /// <summary>Reports an error that another attempt would not change.</summary>
    public void Fail(int position, string code, string message, TimeSpan busy) => AddError(_results, position, code, message, busy);

    /// <summary>Reports an error that another attempt may get over.</summary>
    public void FailRetryably(int position, string code, string message, TimeSpan busy) => AddError(_failures, position, code, message, busy);

    /// <summary>Starts nothing more; the rest goes back. Returns false when there was no rest.</summary>
    public bool Close(NodeState state)
    {
        lock (_lock)
        {
            if (_isClosed || _started == request.Items.Count)
            {
                return false;
            }

            _isClosed = true;
            _state = _isStopped ? NodeState.Draining : state;
            AnswerWhenDone();
            return true;
        }
    }

    /// <summary>Starts nothing more and tells running items to stop.</summary>
    public async Task CancelAsync()
    {
        Close(NodeState.Ready);
        await _cancellation.CancelAsync();
    }

    /// <summary>Starts nothing more and takes running items back: the silo stops, and they are to run elsewhere.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _isStopped = true;
            _state = NodeState.Draining;
        }

        return CancelAsync();
    }

    /// <summary>Reports an item that has ended because its token was cancelled.</summary>
    public void EndCancelled(int position, TimeSpan busy)
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                _givenBack.Add(request.Items.Indices[position]);
                EndItem(busy);
                return;
            }
        }

        Fail(position, ItemErrorCodes.Cancelled, "The batch was cancelled while the item was running.", busy);
    }

    private void AddError(EntryWriter writer, int position, string code, string message, TimeSpan busy)
    {
        var error = new ItemError(
            string.IsNullOrEmpty(code) ? ItemErrorCodes.HandlerFailed : Cut(code, BatchLimits.MaxErrorCodeLength),
            Cut(message, BatchLimits.MaxErrorMessageLength),
            request.Attempt);
        lock (_lock)
        {
            errors.Serialize(error, writer);
            writer.End(request.Items.Indices[position], EntryKind.Error);
            if (_results.WrittenBytes + _failures.WrittenBytes > BatchLimits.MaxReplyBytes)
            {
                // Errors are never sent by reference: what has not started comes with the next chunk.
                Close(NodeState.Ready);
            }

            EndItem(busy);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private void EndItem(TimeSpan busy)
    {
        _running--;
        _busy += busy;
        gate.OnItemEnded();
        AnswerWhenDone();
    }

    private void AnswerWhenDone()
    {
        if (_running > 0 || (!_isClosed && _started < request.Items.Count))
        {
            return;
        }

        _reply.TrySetResult(new ChunkReply
        {
            Results = _results.Take(),
            Failures = _failures.Take(),
            Returned = [.. _givenBack, .. request.Items.Indices[_started..]],
            Busy = _busy,
            State = _state,
        });
    }
}
