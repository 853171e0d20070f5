using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>The keys of a record store in Redis. The braces keep them all on one node of a Redis Cluster, as scripts need it.</summary>
internal sealed class RedisRecordKeys(string serviceId)
{
    private readonly string _prefix = $"{{{serviceId}}}/armature/records";

    /// <summary>The last epoch that was given.</summary>
    public RedisKey LastEpoch => $"{_prefix}/last-epoch";

    /// <summary>The epoch of each partition: a hash by name.</summary>
    public RedisKey Epochs => $"{_prefix}/epochs";

    /// <summary>The number of the last commit to each partition: a hash by name.</summary>
    public RedisKey LastCommits => $"{_prefix}/last-commits";

    /// <summary>The records of a partition: a hash by key.</summary>
    public RedisKey Partition(string partition) => $"{_prefix}/partitions/{partition}";

    public override string ToString() => _prefix;
}
