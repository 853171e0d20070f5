using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>How a process outside the cluster reaches it: through the cluster's Redis, or one silo on this machine.</summary>
public sealed class ArmatureClientOptions
{
    /// <summary>The cluster's Redis, where the client finds the silos.</summary>
    public RedisOptions Redis { get; } = new();

    /// <summary>The cluster that the client talks to.</summary>
    public ClientClusterOptions Cluster { get; } = new();

    /// <summary>The gateway port of a silo on this machine that has no Redis.</summary>
    /// <value>Default: none.</value>
    [Range(1, 65_535)]
    public int? LocalGatewayPort { get; set; }

    /// <summary>How long a start waits for a silo that answers.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call may wait for its answer. A call that a gateway had passed on to a silo that died ends by this time
    /// and by nothing else, so it is short; calls that last longer by nature carry a time of their own.
    /// </summary>
    /// <value>Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one message. No message of Armature itself is over 4 MiB; the rest is room for grains of your own.</summary>
    /// <value>Default: 16 MiB.</value>
    [Range(8 << 20, 100 << 20)]
    public int MaxMessageBytes { get; set; } = 16 << 20;
}
