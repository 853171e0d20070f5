using Orleans.Runtime;

namespace Armature.Batching;

/// <content>What happens to a chunk that got no answer, and at the end of a batch to one that is late.</content>
internal sealed partial class BatchRun
{
    private async Task RecoverAsync(RunningChunk chunk, Exception exception)
    {
        if (!IsRunning || _isCancelling || chunk.Twin is not null)
        {
            return;
        }

        if (!_active.Contains(chunk.Silo.Address) || exception is SiloUnavailableException)
        {
            Leave(chunk.Silo);
            Suspect(chunk.Work);
            return;
        }

        FailAll(chunk, ItemErrorCodes.SiloUnreachable, $"Silo {chunk.Silo.Name} could not be called: {exception.Message}");
        await PauseAsync(RefusalPause);
    }

    /// <summary>One of these items may have taken the process down: they run again one by one, so that a second death names it.</summary>
    private void Suspect(Work work)
    {
        for (var i = 0; i < work.Items.Count; i++)
        {
            if (_items.IsOpen(work.Items.Indices[i]))
            {
                _suspects.Enqueue(work with { Items = work.Items.Slice(i, 1) });
            }
        }

        if (!_runsSuspects && _suspects.Count > 0)
        {
            _runsSuspects = true;
            Track(RunSuspectsAsync());
        }
    }

    private async Task RunSuspectsAsync()
    {
        while (!_queue.IsCompleted && _suspects.TryPeek(out var work))
        {
            if (SiloForSuspects() is not { } silo)
            {
                await PauseAsync(RefusalPause);
                continue;
            }

            _suspects.Dequeue();
            await RunSuspectAsync(silo, work);
        }

        _runsSuspects = false;
    }

    private async Task RunSuspectAsync(SiloLanes silo, Work work)
    {
        var chunk = Begin(silo, work);
        try
        {
            Accept(chunk, await _nodes.RunChunkAsync(silo.Address, RequestFor(chunk)));
        }
        catch (Exception exception) when (exception is SiloUnavailableException || !_active.Contains(silo.Address))
        {
            Leave(silo);
            FailFinally(chunk, ItemErrorCodes.ProcessDied, $"The silo died twice while this item was running, the second time ({silo.Name}) with this suspect alone.");
        }
#pragma warning disable CA1031 // the silo lives: the item is no more suspect than before
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogChunkFailed(_logger, exception, silo.Address, Id);
            FailAll(chunk, ItemErrorCodes.SiloUnreachable, $"Silo {silo.Name} could not be called: {exception.Message}");
        }
        finally
        {
            Finish(chunk);
        }
    }

    /// <summary>Rather not the coordinator's own silo: with it the batch would die.</summary>
    private SiloLanes? SiloForSuspects() => _silos.Values
        .Where(silo => !silo.IsGone)
        .OrderBy(silo => silo.Address.Equals(_nodes.Local))
        .ThenBy(silo => silo.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private void FailAll(RunningChunk chunk, string code, string message) => Retry(chunk, ErrorsFor(chunk, code, message));

    private void FailFinally(RunningChunk chunk, string code, string message)
    {
        AddResults(ErrorsFor(chunk, code, message), silo: null);
        EndWhenDone();
    }

    private PackedEntries ErrorsFor(RunningChunk chunk, string code, string message)
    {
        var writer = new EntryWriter();
        foreach (var index in chunk.Work.Items.Indices)
        {
            _errors.Serialize(new ItemError(code, message, chunk.Work.Attempt), writer);
            writer.End(index, EntryKind.Error);
        }

        return writer.Take();
    }

    /// <summary>
    /// When nothing waits and another silo is idle, the oldest running chunk starts there a second time: the first answer
    /// counts. Only where the handler allows it, and only after twice the time the chunk should have taken.
    /// </summary>
    private void ReissueTail()
    {
        if (_handler!.TailReissue == TailReissue.Off || _queue.Count > 0 || !_items.IsSealed)
        {
            return;
        }

        var late = _running.Values.Where(IsLate).MinBy(chunk => chunk.StartedAt);
        var idle = _silos.Values.FirstOrDefault(silo => !silo.IsGone && silo != late?.Silo && silo.RunningChunks < silo.Lanes - 1);
        if (late is not null && idle is not null)
        {
            Track(RunTwinAsync(late, idle));
        }
    }

    private bool IsLate(RunningChunk chunk)
    {
        var expected = _sizer.AverageItem * chunk.Work.Items.Count;
        var least = expected > _options.ChunkTarget ? expected : _options.ChunkTarget;
        return chunk.Twin is null && _time.GetElapsedTime(chunk.StartedAt) > 2 * least;
    }

    private async Task RunTwinAsync(RunningChunk late, SiloLanes silo)
    {
        var open = late.Work.Items.Where(i => _items.IsOpen(late.Work.Items.Indices[i]));
        var twin = Begin(silo, late.Work with { Items = open });
        late.Twin = twin;
        twin.Twin = late;
        try
        {
            await RunAsync(twin);
        }
        finally
        {
            Finish(twin);
        }
    }
}
