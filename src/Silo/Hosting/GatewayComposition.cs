using Armature.Health;

namespace Armature.Hosting;

/// <summary>What a gateway is made of that is no silo itself: an Orleans client of the cluster.</summary>
internal static class GatewayComposition
{
    public static void Compose(IServiceCollection services, ArmatureOptions options)
    {
        services.AddArmatureClient(client =>
        {
            client.Redis.ConnectionString = options.Redis.ConnectionString;
            client.Redis.StartupTimeout = options.Redis.StartupTimeout;
            client.Cluster.ClusterId = options.Cluster.ClusterId;
            client.Cluster.ServiceId = options.Cluster.ServiceId;
            client.Cluster.Secret = options.Cluster.Secret;
            client.Cluster.HandshakeTimeout = options.Cluster.HandshakeTimeout;
        });
        services.AddSingleton<ClusterConnected>();
        services.AddSingleton<IReadinessCondition>(provider => provider.GetRequiredService<ClusterConnected>());
        services.AddSingleton<IClusterConnectionStatusObserver>(provider => provider.GetRequiredService<ClusterConnected>());
    }
}
