namespace Armature.Hosting;

/// <summary>A client found no silo of its cluster within the time that it waits for one.</summary>
[GenerateSerializer, Alias("armature.hosting.cluster-unreachable-exception")]
public sealed class ClusterUnreachableException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public ClusterUnreachableException(string cluster, string where, TimeSpan waited, Exception? innerException)
        : base(
            $"No silo of cluster '{cluster}' answers ({where}) after {waited.TotalSeconds:0.#} s. "
            + "Start one, or correct the client's ClusterId, ServiceId, Redis or LocalGatewayPort; "
            + "where the cluster has a secret, the client needs the same. ConnectTimeout says how long to wait.",
            innerException)
    {
        Cluster = cluster;
        Waited = waited;
    }

    /// <summary>The cluster's name.</summary>
    [Id(0)]
    public string Cluster { get; }

    /// <summary>How long.</summary>
    [Id(1)]
    public TimeSpan Waited { get; }
}
