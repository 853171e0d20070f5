using Armature.Storage;

namespace Armature.Caching.Tier;

/// <summary>Brings changes to the tier, in groups: what comes while one is under way goes into the next. Thread-safe.</summary>
internal sealed class TierWriter
{
    private const int MaxGroupChanges = 2_000;
    private const int MaxGroupBytes = 2 << 20;

    private readonly TierLink _link;
    private readonly Func<long> _now;
    private readonly WorkGroups<TierChange[]> _groups;

    /// <summary>Creates a writer.</summary>
    /// <param name="link">The tier.</param>
    /// <param name="now">The cache's clock.</param>
    public TierWriter(TierLink link, Func<long> now)
    {
        _link = link;
        _now = now;
        _groups = new(WriteAsync, MaxGroupChanges, MaxGroupBytes);
    }

    /// <summary>Returns when every change has reached the tier or failed: <see cref="TierChange.IsFailed"/>.</summary>
    public Task AddAsync(List<TierChange> changes) => Task.WhenAll(Cut(changes).Select(part => _groups.AddAsync(part.Changes, part.Changes.Length, part.Bytes)));

    private static IEnumerable<(TierChange[] Changes, long Bytes)> Cut(List<TierChange> changes)
    {
        for (var next = 0; next < changes.Count;)
        {
            var first = next;
            long bytes = 0;
            do
            {
                bytes += changes[next++].Bytes;
            }
            while (next < changes.Count && next - first < MaxGroupChanges && bytes + changes[next].Bytes <= MaxGroupBytes);

            yield return ([.. changes[first..next]], bytes);
        }
    }

    private async Task WriteAsync(WorkGroup<TierChange[]> group)
    {
        // Those whose changes have just ended come back first, so that one large group follows and not two that alternate.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var changes = new List<TierChange>();
        while (group.TryTake(out var part))
        {
            changes.AddRange(part);
        }

        try
        {
            await SendAsync(changes);
        }
        finally
        {
            changes.ForEach(End);
        }
    }

    private async Task SendAsync(List<TierChange> changes)
    {
        var sent = changes.FindAll(TrySend);
        if (sent.Count == 0)
        {
            return;
        }

        sent.ForEach(change => change.IsFailed = true);
        try
        {
            var now = _now();
            var refused = await _link.AskAsync((tier, token) => tier.WriteAsync(sent.ConvertAll(change => change.ToWrite(now)), token));
            sent.ForEach(change => change.IsFailed = refused.Contains(change.Partition.Number));
            CachingInstruments.OnTierWritten(sent.Count(change => !change.IsFailed));
        }
        catch (CacheTierException)
        {
            // The link has told of it, and the partitions remember what is missing.
        }
    }

    private static bool TrySend(TierChange change)
    {
        lock (change.Partition.Lock)
        {
            return change.Partition.TrySend(change);
        }
    }

    private static void End(TierChange change)
    {
        lock (change.Partition.Lock)
        {
            change.Partition.End(change);
        }
    }
}
