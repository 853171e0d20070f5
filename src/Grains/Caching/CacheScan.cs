namespace Armature.Caching;

/// <summary>Looks through all entries of a silo for those of some partitions that are meant together. Costs as much as there are entries.</summary>
internal sealed class CacheScan(LiveEntries entries, PartitionTable partitions, CacheRequest request)
{
    private readonly CacheBarrier _meant = CacheBarrier.Of(request.Selection!.Kind, request.Selection.Text);
    private readonly CacheScanPart?[] _parts = new CacheScanPart?[CacheLimits.Partitions];

    /// <summary>Answers for the partitions that this silo holds the whole time.</summary>
    public NodeAnswer Answer(long room)
    {
        for (var i = 0; i < request.Keys.Count; i++)
        {
            var partition = PartitionOf(i);
            _parts[partition] = partitions.IsHeld(partition) ? new() : null;
        }

        entries.Cache.Store.Visit(Look);
        var answer = new CacheAnswer(request);
        var next = 0;
        while (next < request.Keys.Count && TryGive(answer, next, room))
        {
            next++;
        }

        return new(answer, next, null);
    }

    private int PartitionOf(int place) => request.Keys[place][0];

    private bool Look(StoreKey key, in CachedValue entry)
    {
        var prefix = entries.Cache.Prefix;
        if (entry.IsStale || _parts[key.Partition] is not { } part || !key.Bytes.StartsWith(prefix))
        {
            return false;
        }

        var own = key.Bytes[prefix.Length..];
        if (_meant.Means(own, entry.Tags) && !entries.Stops(key, entry))
        {
            part.Add(own, request.Selection!.MaxKeys);
        }

        return false;
    }

    private bool TryGive(CacheAnswer answer, int place, long room)
    {
        var partition = PartitionOf(place);
        if (_parts[partition] is not { } part || !partitions.IsHeld(partition))
        {
            return true;
        }

        var found = new CachedValue(part.ToBytes(), Version: 0, CacheTime.Never, TagsLength: 0);
        if (!answer.HasRoomFor(found, room))
        {
            return false;
        }

        answer.Give(place, found);
        return true;
    }
}
