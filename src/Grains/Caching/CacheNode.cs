using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The cache on one silo: deals with the keys of the partitions that the silo holds. Calls are plain ones and end at once. Thread-safe.
/// </summary>
internal sealed class CacheNode(NamedCaches caches, PartitionTable partitions, ChangeLog changes, MembershipLease lease)
{
    /// <summary>Keys that are dealt with before the gate is opened for a partition that moves: about 100 µs.</summary>
    private const int KeysInOneGo = 1_024;

    /// <summary>Deals with all keys whose partitions are here; the others stay <see cref="CacheOutcome.NotHeld"/>.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="room">Bytes of values that may be answered; when they are used up, the rest is left, but never the first value.</param>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public NodeAnswer Answer(CacheRequest request, long room)
    {
        var run = new NodeRun(caches.Find(request.Cache), partitions, request, room, stackalloc byte[StoreKeys.MaxBytes]);
        while (!run.IsOver)
        {
            partitions.Enter();
            try
            {
                run.GoOn(KeysInOneGo);
            }
            finally
            {
                partitions.Exit();
            }
        }

        lease.ThrowIfStale();
        return new(run.Answer, run.Next);
    }

    /// <inheritdoc cref="ChangeLog.Read"/>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public CacheChanges ReadChanges(long? since, SiloAddress silo)
    {
        var read = changes.Read(since, silo, [.. partitions.Held.Select(partition => (byte)partition)]);
        lease.ThrowIfStale();
        return read;
    }
}
