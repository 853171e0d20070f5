using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>
/// Records what becomes of a durable batch. Results can be read once they are recorded, and not before; those that are done while
/// a commit is under way go into the next one. When the records have another owner, or cannot be written for too long, the batch is
/// told that it has ended here. Used on the coordinator's scheduler only.
/// </summary>
internal sealed class BatchRecorder(GroupCommit commits, RecordedBatch recorded, ResultLog results, Serializer serializer, Action<Exception> onFailure) : IResultSink
{
    // Three pages and their marks fit into one commit.
    private const int PagesPerCommit = 3;
    private const int MarksPerCommit = RecordLimits.MaxCommitChanges - PagesPerCommit;

    private readonly List<PackedEntries> _done = [];
    private readonly List<RecordChange> _marks = [];
    private int _nextItems = recorded.Items.Count;
    private int _nextResults = recorded.Results.Count;
    private long _nextMark = FirstNumber(commits.Epoch);
    private Task _items = Task.CompletedTask;
    private Task _pump = Task.CompletedTask;
    private bool _isPumping;

    /// <summary>Where the numbers of a coordinator begin that must not be those of one before: its chunks and its events.</summary>
    public static long FirstNumber(long epoch) => epoch << 24;

    /// <inheritdoc cref="GroupCommit.Trouble"/>
    public Exception? Trouble => commits.Trouble;

    /// <summary>Records items; returns when they, and all that came before, are recorded.</summary>
    public Task AddItemsAsync(PackedEntries items, int? count)
    {
        var changes = new List<RecordChange>();
        foreach (var page in items.Count == 0 ? [] : PageCutter.Cut([items]))
        {
            changes.Add(Put(BatchKeys.Page(BatchKeys.Items, _nextItems++), page));
        }

        if (count is not null)
        {
            changes.Add(Put(BatchKeys.Sealed, count.Value));
        }

        if (changes.Count > 0)
        {
            _items = CommitAsync(changes);
        }

        return _items;
    }

    /// <summary>Records who joins; no items are acknowledged before.</summary>
    public void AddSubmission(Guid submission) => _items = CommitAsync([Put(BatchKeys.Submission(submission), value: true)]);

    /// <summary>Records who leaves.</summary>
    public Task RemoveSubmissionAsync(Guid submission) => CommitAsync([Put(BatchKeys.Submission(submission), value: false)]);

    public void Add(PackedEntries entries)
    {
        if (entries.Count > 0)
        {
            _done.Add(entries);
            Pump();
        }
    }

    /// <summary>Marks a chunk before it starts; false when it must not start.</summary>
    public Task<bool> TryBeginAsync(RunningChunk chunk) => TryMarkAsync(chunk, BatchKeys.Mark(BatchKeys.Running, chunk.Id));

    /// <summary>Marks a suspect before it starts, alone or beside others; false when it must not start.</summary>
    public Task<bool> TryBeginSuspectAsync(RunningChunk chunk) => TryMarkAsync(chunk, BatchKeys.Mark(chunk.IsAlone ? BatchKeys.Alone : BatchKeys.Beside, chunk.Id));

    /// <summary>Marks a suspect that was alone before others may start beside it; false when they must not.</summary>
    public Task<bool> TryEndAloneAsync(RunningChunk chunk)
    {
        var alone = RecordChange.Delete(chunk.Mark!);
        chunk.Mark = BatchKeys.Mark(BatchKeys.Beside, chunk.Id);
        return TryCommitAsync([alone, Put(chunk.Mark, ChunkMark.Of(chunk.Work, chunk.Silo.Address))]);
    }

    /// <summary>Records items whose silo died. They start after this is recorded, since marks keep their order.</summary>
    public void AddSuspects(Work work, SiloAddress silo) =>
        _ = TryCommitAsync([Put(BatchKeys.Mark(BatchKeys.Suspects, _nextMark++), ChunkMark.Of(work, silo))]);

    /// <summary>Records an attempt that is to follow one that failed, sooner or later.</summary>
    public void AddAttempt(Work work, SiloAddress silo)
    {
        _marks.Add(Put(BatchKeys.Mark(BatchKeys.Attempts, _nextMark++), ChunkMark.Of(work, silo)));
        Pump();
    }

    /// <summary>Takes marks away that say nothing any more.</summary>
    public void Forget(IEnumerable<string> marks)
    {
        _marks.AddRange(marks.Select(RecordChange.Delete));
        Pump();
    }

    /// <summary>Takes a chunk's mark away, together with its results.</summary>
    public void End(RunningChunk chunk)
    {
        if (chunk.Mark is { } mark)
        {
            _marks.Add(RecordChange.Delete(mark));
            Pump();
        }
    }

    public Task CancelAsync() => CommitAsync([RecordChange.Put(BatchKeys.Cancelled, ReadOnlyMemory<byte>.Empty)]);

    public async Task EndAsync(BatchEnd end)
    {
        await FlushAsync();
        await CommitAsync([Put(BatchKeys.End, end)]);
    }

    /// <summary>Waits until all results are recorded, or cannot be.</summary>
    public async Task FlushAsync()
    {
        while (_isPumping)
        {
            await _pump;
        }
    }

    private RecordChange Put<T>(string key, T value) => RecordChange.Put(key, serializer.SerializeToArray(value));

    private Task<bool> TryMarkAsync(RunningChunk chunk, string key)
    {
        chunk.Mark = key;
        return TryCommitAsync([Put(key, ChunkMark.Of(chunk.Work, chunk.Silo.Address))]);
    }

    private void Pump()
    {
        if (!_isPumping)
        {
            _isPumping = true;
            _pump = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        // What is done in the same moment goes into one commit.
        await Task.Yield();
        while (_done.Count > 0 || _marks.Count > 0)
        {
            PackedEntries[] pages = [.. PageCutter.Cut(_done)];
            var marks = new Queue<RecordChange>(_marks);
            _done.Clear();
            _marks.Clear();
            if (!await TryRecordAsync(pages, marks))
            {
                break;
            }
        }

        _isPumping = false;
    }

    /// <summary>Records pages, and takes marks away in the commit of the last page or after it.</summary>
    private async Task<bool> TryRecordAsync(PackedEntries[] pages, Queue<RecordChange> marks)
    {
        for (var from = 0; from < pages.Length || marks.Count > 0; from += PagesPerCommit)
        {
            var now = pages.Skip(from).Take(PagesPerCommit).ToList();
            var changes = now.Select(page => Put(BatchKeys.Page(BatchKeys.Results, _nextResults++), page)).ToList();
            while (from + PagesPerCommit >= pages.Length && marks.Count > 0 && changes.Count < MarksPerCommit)
            {
                changes.Add(marks.Dequeue());
            }

            if (!await TryCommitAsync(changes))
            {
                return false;
            }

            now.ForEach(results.AddPage);
        }

        return true;
    }

    private async Task<bool> TryCommitAsync(IReadOnlyList<RecordChange> changes)
    {
        try
        {
            await CommitAsync(changes);
            return true;
        }
        catch (ArmatureException)
        {
            return false;
        }
    }

    private async Task CommitAsync(IReadOnlyList<RecordChange> changes)
    {
        try
        {
            await commits.AddAsync(changes, CancellationToken.None);
        }
        catch (ArmatureException exception)
        {
            onFailure(exception);
            throw;
        }
    }
}
