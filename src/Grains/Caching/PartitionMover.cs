using Armature.Caching.Tier;
using Armature.Clustering;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>Moves partitions with their entries to other silos, a few at a time.</summary>
internal sealed class PartitionMover(CacheHoldings holdings, ICacheSilos silos, MembershipLease lease, TimeProvider time, SiloTier? tier = null)
{
    /// <summary>Partitions that move at a time: one of them is nobody's for some milliseconds, and its entries are two silos' meanwhile.</summary>
    private const int AtATime = 4;

    // Moving the ownership takes milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Moves what this silo holds and another owns.</summary>
    /// <returns>How many moved.</returns>
    public async Task<int> MoveAsync(CancellationToken cancellationToken)
    {
        var active = silos.Active;
        if (!lease.IsHeld || active.Count == 0)
        {
            return 0;
        }

        var moved = 0;
        var strays = holdings.Held.Select(partition => (Partition: partition, Owner: CacheOwners.Find(partition, active))).Where(stray => !stray.Owner.Equals(silos.Local));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(strays, options, async (stray, token) =>
        {
            if (await TryMoveAsync(stray.Partition, stray.Owner, token))
            {
                Interlocked.Increment(ref moved);
            }
        });
        CachingInstruments.OnMoved(moved);
        return moved;
    }

    private async Task<bool> TryMoveAsync(int partition, SiloAddress target, CancellationToken cancellationToken)
    {
        if (holdings.Depart(partition) is not { } departure)
        {
            return false;
        }

        try
        {
            await (tier?.DrainAsync(partition) ?? Task.CompletedTask);
            foreach (var cargo in holdings.Pack(departure))
            {
                if (!await silos.SendAsync(target, cargo, cancellationToken))
                {
                    return false;
                }
            }

            await silos.MoveAsync(partition, target, departure.Handover, cancellationToken);
            await departure.Left.WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (CacheCall.IsPassing(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            holdings.Stay(departure);
        }
    }
}
