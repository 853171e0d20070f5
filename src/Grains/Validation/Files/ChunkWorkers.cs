using System.Collections.Concurrent;

namespace Armature.Validation.Files;

/// <summary>Keeps workers ready for the files that are checked at the time: the latest <see cref="MaxRuns"/>. Thread-safe.</summary>
internal sealed class ChunkWorkers<TWorker>
{
    /// <summary>Files whose rules are kept compiled.</summary>
    public const int MaxRuns = 16;

    private readonly Lock _lock = new();

    // Guarded by _lock. The most recently used is the last.
    private readonly LinkedList<(Guid Run, ConcurrentBag<TWorker> Workers)> _runs = new();

    /// <summary>A worker of a file's rules, for one thread.</summary>
    public TWorker Rent(FileRules rules, Func<FileRules, TWorker> create) => BagOf(rules.Run).TryTake(out var worker) ? worker : create(rules);

    /// <summary>Takes it back, when its chunk is done.</summary>
    public void Return(FileRules rules, TWorker worker) => BagOf(rules.Run).Add(worker);

    private ConcurrentBag<TWorker> BagOf(Guid run)
    {
        lock (_lock)
        {
            for (var node = _runs.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Run == run)
                {
                    _runs.Remove(node);
                    _runs.AddLast(node);
                    return node.Value.Workers;
                }
            }

            if (_runs.Count == MaxRuns)
            {
                _runs.RemoveFirst();
            }

            return _runs.AddLast((run, [])).Value.Workers;
        }
    }
}
