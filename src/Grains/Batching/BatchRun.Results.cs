namespace Armature.Batching;

/// <content>What becomes of a silo's answer: results are kept, failures tried again, what came back waits anew.</content>
internal sealed partial class BatchRun
{
    private static readonly TimeSpan MostBackoff = TimeSpan.FromSeconds(30);

    private void Accept(RunningChunk chunk, ChunkReply reply)
    {
        if (!IsRunning)
        {
            return;
        }

        _sizer.Observe(reply.Results.Count + reply.Failures.Count, reply.Busy, reply.Results.Bytes.Length + reply.Failures.Bytes.Length);
        AddResults(reply.Results, chunk.Silo);
        Retry(chunk, reply.Failures);
        if (reply.Returned.Length > 0 && !_isCancelling)
        {
            var returned = reply.Returned.ToHashSet();
            _queue.Return(chunk.Work with { Items = chunk.Work.Items.Where(i => returned.Contains(chunk.Work.Items.Indices[i]) && _items.IsOpen(chunk.Work.Items.Indices[i])) });
        }

        StartLanes();
        EndWhenDone();
    }

    private void AddResults(PackedEntries results, SiloLanes? silo)
    {
        var added = _items.MarkDone(results);
        if (silo is not null)
        {
            silo.DoneItems += added.Count;
        }

        _results.Add(added);
        UsesBlobs |= _results.IsSpilled || added.Kinds.Contains(EntryKind.Blob);
        _resultsChanged.Set();
    }

    private void Retry(RunningChunk chunk, PackedEntries failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        var work = chunk.Work;
        if (_isCancelling || work.Attempt >= (_spec.MaxAttempts ?? _handler!.MaxAttempts))
        {
            AddResults(failures, chunk.Silo);
            return;
        }

        var again = failures.Indices.Where(_items.IsOpen).ToHashSet();
        _ = ReturnLaterAsync(new Work(work.Items.Where(i => again.Contains(work.Items.Indices[i])), work.Attempt + 1));
    }

    private async Task ReturnLaterAsync(Work work)
    {
        var backoff = _options.RetryBackoff * Math.Pow(2, Math.Min(work.Attempt - 2, 16));
        await PauseAsync(backoff < MostBackoff ? backoff : MostBackoff);
        _queue.Return(work);
        StartLanes();
    }
}
