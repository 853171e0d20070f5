namespace Armature.Hosting;

/// <summary>Two sides of a connection do not share one cluster secret.</summary>
[GenerateSerializer, Alias("armature.hosting.cluster-secret-exception")]
public sealed class ClusterSecretException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public ClusterSecretException(string endpoint, string problem)
        : base(
            $"{endpoint} {problem} All members and clients of a cluster need one secret "
            + "(Armature:Cluster:Secret, ARMATURE__CLUSTER__SECRET, or Cluster.Secret of a client's options).")
    {
        Endpoint = endpoint;
    }

    /// <summary>The other side.</summary>
    [Id(0)]
    public string Endpoint { get; }
}
