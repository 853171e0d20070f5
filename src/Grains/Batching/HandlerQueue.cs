namespace Armature.Batching;

/// <summary>
/// What waits for one handler on one silo: a short queue of chunks for each batch, from which items are taken in turn,
/// so that a small batch does not wait for a large one. Knows how many workers may run and how many do. Thread-safe.
/// </summary>
internal sealed class HandlerQueue(BatchHandler handler, StartGate gate)
{
    private readonly Lock _lock = new();

    // Guarded by _lock. Batches with something to start, in the order of their turns.
    private readonly LinkedList<BatchQueue> _turns = new();
    private readonly Dictionary<string, LinkedListNode<BatchQueue>> _batches = new(StringComparer.Ordinal);
    private readonly Queue<ChunkRun> _alone = new();
    private int _workers;

    public BatchHandler Handler => handler;

    /// <summary>Workers that run.</summary>
    public int Workers
    {
        get
        {
            lock (_lock)
            {
                return _workers;
            }
        }
    }

    public void Enqueue(ChunkRun chunk)
    {
        lock (_lock)
        {
            if (chunk.Request.IsAlone)
            {
                _alone.Enqueue(chunk);
                return;
            }

            if (!_batches.TryGetValue(chunk.Request.BatchId, out var node))
            {
                node = _turns.AddLast(new BatchQueue(chunk.Request.BatchId));
                _batches.Add(chunk.Request.BatchId, node);
            }

            node.Value.Chunks.Enqueue(chunk);
        }
    }

    /// <summary>Takes the next item, of the batch whose turn it is; false when nothing waits, or nothing may start now.</summary>
    public bool TryTake(out ChunkRun chunk, out int position)
    {
        lock (_lock)
        {
            while (_alone.TryDequeue(out chunk!))
            {
                if (chunk.TryStart(out position))
                {
                    return true;
                }
            }

            while (!gate.IsClosed && _turns.First is { } node)
            {
                if (TryTakeFrom(node.Value, out chunk!, out position))
                {
                    _turns.RemoveFirst();
                    _turns.AddLast(node);
                    return true;
                }

                if (node.Value.Chunks.Count > 0)
                {
                    // The gate has closed just now.
                    break;
                }

                _turns.RemoveFirst();
                _batches.Remove(node.Value.BatchId);
            }
        }

        chunk = null!;
        position = 0;
        return false;
    }

    /// <summary>Reserves a worker when something waits and not all are running.</summary>
    public bool TryReserveWorker()
    {
        lock (_lock)
        {
            if (_workers >= handler.Capacity || !HasWork())
            {
                return false;
            }

            _workers++;
            return true;
        }
    }

    public void ReleaseWorker()
    {
        lock (_lock)
        {
            _workers--;
        }
    }

    private static bool TryTakeFrom(BatchQueue batch, out ChunkRun? chunk, out int position)
    {
        while (batch.Chunks.TryPeek(out chunk))
        {
            if (chunk.TryStart(out position))
            {
                return true;
            }

            if (!chunk.IsStarted)
            {
                break;
            }

            batch.Chunks.Dequeue();
        }

        position = 0;
        return false;
    }

    private bool HasWork()
    {
        if (_alone.Count > 0)
        {
            return true;
        }

        if (gate.IsClosed)
        {
            return false;
        }

        foreach (var batch in _turns)
        {
            while (batch.Chunks.TryPeek(out var chunk))
            {
                if (!chunk.IsStarted)
                {
                    return true;
                }

                batch.Chunks.Dequeue();
            }
        }

        return false;
    }

    private sealed record BatchQueue(string BatchId)
    {
        public Queue<ChunkRun> Chunks { get; } = new();
    }
}
