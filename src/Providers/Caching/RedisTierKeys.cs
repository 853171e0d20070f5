using System.Text;
using StackExchange.Redis;

namespace Armature.Caching;

/// <summary>The keys of a cache's tier in Redis. The braces keep them all on one node of a Redis Cluster, as scripts need it.</summary>
internal sealed class RedisTierKeys(string clusterId)
{
    private readonly string _prefix = $"{{{clusterId}}}/armature/cache";
    private readonly byte[] _entries = Encoding.UTF8.GetBytes($"{{{clusterId}}}/armature/cache/entries/");

    /// <summary>What the keys of the owners' witnesses begin with.</summary>
    public RedisKey Owners => $"{_prefix}/owners/";

    /// <summary>What is written to see whether that can be done.</summary>
    public RedisKey Ping => $"{_prefix}/ping";

    /// <summary>The witnesses of an owner.</summary>
    public RedisKey Owner(string name) => $"{_prefix}/owners/{name}";

    /// <summary>The state of a partition.</summary>
    public RedisKey State(int partition) => $"{_prefix}/partitions/{partition}";

    /// <summary>An entry, by its cache's name, a zero and its key.</summary>
    public RedisKey Entry(ReadOnlyMemory<byte> key) => (byte[])[.. _entries, .. key.Span];

    public override string ToString() => _prefix;
}
