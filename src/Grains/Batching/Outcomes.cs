using Armature.Hosting;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>
/// What becomes of a chunk that has ended: results are kept, failed items tried again until their attempts are used up, what came
/// back waits anew. Used on the coordinator's scheduler only.
/// </summary>
internal sealed class Outcomes(
    BatchSpec spec,
    BatchLife life,
    Participants silos,
    ItemLedger items,
    ItemQueue queue,
    IResultSink results,
    ChunkSizer sizer,
    BatchIncidents incidents,
    BatchingOptions options,
    Serializer<ItemError> errors)
{
    private static readonly TimeSpan MostBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Results were added, or items wait again.</summary>
    public event Action? Changed;

    /// <summary>Items have failed, and this attempt at them follows.</summary>
    public event Action<Work, SiloLanes>? Retried;

    public void Accept(RunningChunk chunk, ChunkReply reply)
    {
        if (!life.TakesResults)
        {
            return;
        }

        sizer.Observe(reply.Results.Count + reply.Failures.Count, reply.Busy, reply.Results.Bytes.Length + reply.Failures.Bytes.Length);
        Add(reply.Results, chunk.Silo);
        Retry(chunk, reply.Failures);
        if (reply.Returned.Length > 0 && !life.IsCancelling)
        {
            queue.Return(OpenIn(chunk.Work, reply.Returned));
        }

        Changed?.Invoke();
    }

    /// <summary>Puts back the items of a chunk that did not run; that is no attempt at them.</summary>
    public void Return(RunningChunk chunk)
    {
        queue.Return(OpenIn(chunk.Work, chunk.Work.Items.Indices));
        Changed?.Invoke();
    }

    /// <summary>The items of a piece of work that are among some and not done.</summary>
    public Work OpenIn(Work work, IEnumerable<int> indices)
    {
        var chosen = indices.Where(items.IsOpen).ToHashSet();
        return work with { Items = work.Items.Where(i => chosen.Contains(work.Items.Indices[i])) };
    }

    /// <summary>Counts an attempt at every item of a chunk that has failed.</summary>
    public void Fail(RunningChunk chunk, string code, string message)
    {
        Retry(chunk, ErrorsFor(chunk.Work, code, message));
        Changed?.Invoke();
    }

    /// <summary>Reports an error for every item; they are not tried again.</summary>
    public void FailFinally(Work work, string code, string message)
    {
        Add(ErrorsFor(work, code, message), silo: null);
        Changed?.Invoke();
    }

    private void Add(PackedEntries entries, SiloLanes? silo)
    {
        var added = items.MarkDone(entries);
        if (silo is not null)
        {
            silo.DoneItems += added.Count;
        }

        results.Add(added);
    }

    private void Retry(RunningChunk chunk, PackedEntries failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        var work = chunk.Work;
        if (life.IsCancelling || work.Attempt >= (spec.MaxAttempts ?? silos.Handler!.MaxAttempts))
        {
            Add(failures, chunk.Silo);
            return;
        }

        var again = OpenIn(work, failures.Indices) with { Attempt = work.Attempt + 1 };
        incidents.OnRetried(again, chunk.Silo);
        Retried?.Invoke(again, chunk.Silo);
        _ = ReturnLaterAsync(again);
    }

    private async Task ReturnLaterAsync(Work work)
    {
        var backoff = options.RetryBackoff * Math.Pow(2, Math.Min(work.Attempt - 2, 16));
        await life.PauseAsync(backoff < MostBackoff ? backoff : MostBackoff);
        queue.Return(work);
        Changed?.Invoke();
    }

    private PackedEntries ErrorsFor(Work work, string code, string message)
    {
        var writer = new EntryWriter();
        foreach (var index in work.Items.Indices)
        {
            errors.Serialize(new ItemError(code, message, work.Attempt), writer);
            writer.End(index, EntryKind.Error);
        }

        return writer.Take();
    }
}
