using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>Redis behind the cache. Section <c>Armature:Caching:Redis</c>.</summary>
public sealed class CachingRedisOptions
{
    /// <summary>Whether entries are kept in Redis too.</summary>
    /// <value>Default: false.</value>
    public bool Enabled { get; set; }

    /// <summary>Another Redis than the cluster's, as StackExchange.Redis writes it. Its password is never logged.</summary>
    /// <value>Default: none, it is the cluster's (<see cref="RedisOptions.ConnectionString"/>), through the same connection.</value>
    public string? ConnectionString { get; set; }

    /// <summary>How long Redis may take to answer before the cache goes on without it.</summary>
    /// <value>Default: 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:03")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Keys of one partition that were changed while Redis was away, and are brought to it when it is back. With more, what Redis has of the partition counts no more.</summary>
    /// <value>Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxUnsavedKeys { get; set; } = 10_000;
}
