using System.Collections;
using Armature.Hosting;

namespace Armature.Batching;

/// <summary>Which items a batch has, within its limits, and which of them are done. Used on the coordinator's scheduler only.</summary>
internal sealed class ItemLedger(string batchId, BatchingOptions options)
{
    private readonly BitArray _isDone = new(0);
    private long _inlineBytes;
    private int? _count;

    /// <summary>Items received so far.</summary>
    public int Received { get; private set; }

    /// <summary>True when all items that the caller announced are here.</summary>
    public bool IsSealed => _count == Received;

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int Done => Succeeded + Failed;

    /// <summary>True when every item of the batch is here and done.</summary>
    public bool IsComplete => IsSealed && Done == Received;

    /// <summary>True when the item is here and not done.</summary>
    public bool IsOpen(int index) => index < Received && !_isDone[index];

    /// <summary>Refuses a sender whose number of items is not the batch's.</summary>
    /// <exception cref="BatchConflictException">It is another.</exception>
    public void ThrowIfOther(PackedEntries page, int? count)
    {
        var end = count ?? (page.Count == 0 ? 0 : page.Indices[^1] + 1);
        if (IsSealed && (end > Received || count < Received))
        {
            throw new BatchConflictException(batchId, $"it has {Received:N0} items, and this has {(count is null ? "at least " : "")}{end:N0}");
        }

        if (count < Received)
        {
            throw new BatchConflictException(batchId, $"it has {Received:N0} items already, and this has {count:N0}");
        }
    }

    /// <summary>Takes from a page what is new; the page does not begin after the items that are here.</summary>
    /// <exception cref="BatchLimitException">The batch would be too large.</exception>
    public PackedEntries Take(PackedEntries page, int? count)
    {
        var known = page.Count == 0 ? 0 : Received - page.Indices[0];
        var added = page.Count > known ? page.Slice(known, page.Count - known) : PackedEntries.Empty;
        ThrowAbove("Batching:MaxItems", options.MaxItems, Received + added.Count, "Split the work into several batches, or raise the limit.");
        ThrowAbove("Batching:MaxInlineBytes", options.MaxInlineBytes, _inlineBytes + added.Bytes.Length, "Split the work into several batches, send large items as blobs, or raise the limit.");
        Received += added.Count;
        _isDone.Length = Received;
        _inlineBytes += added.Bytes.Length;
        if (count == Received)
        {
            _count = count;
        }

        return added;
    }

    /// <summary>Counts results; gives back those of items that were open: the first answer counts.</summary>
    public PackedEntries MarkDone(PackedEntries results)
    {
        var added = results.Indices.All(IsOpen) ? results : results.Where(i => IsOpen(results.Indices[i]));
        for (var i = 0; i < added.Count; i++)
        {
            MarkDone(added.Indices[i], added.Kinds[i]);
        }

        return added;
    }

    /// <summary>Counts results that another coordinator has recorded.</summary>
    public void Restore(RecordedPage results)
    {
        for (var i = 0; i < results.Indices.Length; i++)
        {
            if (IsOpen(results.Indices[i]))
            {
                MarkDone(results.Indices[i], results.Kinds[i]);
            }
        }
    }

    private void MarkDone(int index, EntryKind kind)
    {
        _isDone[index] = true;
        if (kind == EntryKind.Error)
        {
            Failed++;
        }
        else
        {
            Succeeded++;
        }
    }

    private static void ThrowAbove(string limit, long allowed, long actual, string advice)
    {
        if (actual > allowed)
        {
            throw new BatchLimitException(limit, allowed, actual, advice);
        }
    }
}
