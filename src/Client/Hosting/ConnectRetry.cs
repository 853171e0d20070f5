using Armature.Clustering;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>Tries for a while to reach the cluster, and says in the end what is in the way.</summary>
internal sealed class ConnectRetry(IOptions<ArmatureClientOptions> options, SecretRefusals refusals, TimeProvider time)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly long _started = time.GetTimestamp();

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (refusals.Last is { } refused)
        {
            throw refused;
        }

        var waited = time.GetElapsedTime(_started);
        if (waited >= options.Value.ConnectTimeout)
        {
            throw new ClusterUnreachableException(options.Value.Cluster.ClusterId, Where(options.Value), waited, exception);
        }

        await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static string Where(ArmatureClientOptions options) => options.LocalGatewayPort is { } port
        ? $"gateway port {port} of this machine"
        : "the members that its Redis lists";
}
