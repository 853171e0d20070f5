using Armature.Clustering;
using Microsoft.Extensions.Logging;

namespace Armature.Caching.Tier;

/// <summary>Opens partitions in the tier: when this silo begins to answer for them, and again when the tier was away or took another owner for the last.</summary>
internal sealed partial class TierOpener(
    TierLink link, TierWriter writer, TierWitness witness, NamedCaches caches, CacheState state, MembershipLease lease, TimeProvider time, ILogger<TierOpener> logger)
{
    /// <summary>Opens a partition again and brings it what it lacks. A silo that is not a member any more does not: it would take it from whoever has it now.</summary>
    /// <returns>True when the tier has everything.</returns>
    public Task<bool> TryReopenAsync(TierPartition partition, CancellationToken cancellationToken) =>
        lease.IsHeld ? TryOpenAsync(partition, cancellationToken) : Task.FromResult(false);

    /// <summary>Opens a partition that this silo begins to answer for, and brings it what it lacks.</summary>
    /// <returns>True when the tier has everything.</returns>
    public async Task<bool> TryOpenAsync(TierPartition partition, CancellationToken cancellationToken)
    {
        var (isFirst, turn, expected) = Do(partition, () => (partition.TryStartOpening(), partition.Turn, partition.Expected));
        if (!isFirst)
        {
            return false;
        }

        try
        {
            return await OpenAsync(partition, turn, expected, cancellationToken);
        }
        catch (CacheTierException)
        {
            DoInTurn(partition, turn, partition.Cut);
            return false;
        }
        finally
        {
            Do(partition, () => partition.EndOpening(turn));
        }
    }

    private async Task<bool> OpenAsync(TierPartition partition, int turn, long? expected, CancellationToken cancellationToken)
    {
        var opening = await link.AskAsync((tier, token) => tier.OpenAsync(partition.Number, witness.Name, expected, token));
        if (opening is null)
        {
            DoInTurn(partition, turn, partition.Lose);
            return false;
        }

        var isTrusted = await witness.IsTrustedAsync(partition.Number, opening, cancellationToken);
        if (!isTrusted)
        {
            LogNotTrusted(logger, link.Location, partition.Number, opening.LastOwner);
        }

        var changes = new List<TierChange>();
        var isVoid = Do(partition, () => partition.Turn == turn ? Begin(partition, opening, isTrusted, changes) : (bool?)null);
        if (isVoid is null)
        {
            return false;
        }

        await writer.AddAsync(changes);
        return !changes.Exists(change => change.IsFailed) && await AdoptAsync(partition, turn, opening, isVoid.Value);
    }

    private async Task<bool> AdoptAsync(TierPartition partition, int turn, TierOpening opening, bool isVoid)
    {
        var isAdopted = await link.AskAsync((tier, token) => tier.AdoptAsync(partition.Number, witness.Name, opening.Epoch, isVoid, token));
        DoInTurn(partition, turn, isAdopted ? () => partition.Adopted(opening.Epoch) : partition.Lose);
        return isAdopted;
    }

    private bool Begin(TierPartition partition, TierOpening opening, bool isTrusted, List<TierChange> changes)
    {
        var isVoid = partition.Begin(opening, isTrusted, RaiseVersion(partition.Number, opening.Epoch));
        changes.AddRange(partition.SendBarriers());
        changes.AddRange(partition.TakeUnsaved().Select(key => Save(partition, key)).OfType<TierChange>());
        return isVoid;
    }

    private long RaiseVersion(int partition, long epoch)
    {
        ref var version = ref state.Partitions.VersionOf(partition);
        var first = TierVersions.FirstOf(epoch);
        for (var seen = Volatile.Read(ref version); seen < first; seen = Volatile.Read(ref version))
        {
            Interlocked.CompareExchange(ref version, first, seen);
        }

        return Volatile.Read(ref version);
    }

    // As it is in memory by now; gone where memory has no entry, or one that a barrier stops: the tier may not know that barrier.
    private TierChange? Save(TierPartition partition, byte[] key)
    {
        var store = caches.Of(key).Store;
        var now = store.Now;
        return store.TryExport(key, now, out var entry) && !Stops(partition.Number, entry)
            ? partition.Change(TierWriteKind.Set, key, TierEntries.From(entry, time), CacheTime.After(now, entry.Remaining))
            : partition.Change(TierWriteKind.Remove, key);
    }

    private bool Stops(int partition, in ExportedEntry entry)
    {
        var prefix = StoreKey.PrefixOf(entry.Key);
        return state.Barriers.Find(prefix) is { } barriers && barriers[partition].Stop(entry.Key[prefix.Length..], entry.Tags, entry.Version);
    }

    private static void DoInTurn(TierPartition partition, int turn, Action act) => Do(partition, () =>
    {
        if (partition.Turn == turn)
        {
            act();
        }
    });

    private static T Do<T>(TierPartition partition, Func<T> act)
    {
        lock (partition.Lock)
        {
            return act();
        }
    }

    private static void Do(TierPartition partition, Action act)
    {
        lock (partition.Lock)
        {
            act();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What the cache's {Location} has of partition {Partition} is not used: nobody can tell whether {LastOwner} acknowledged more than that")]
    private static partial void LogNotTrusted(ILogger logger, string location, int partition, string? lastOwner);
}
