using System.Net;
using Armature.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;

namespace Armature.Hosting;

/// <summary>What the Orleans client of a process outside the cluster is made of.</summary>
internal static class ClientComposition
{
    // A gateway that is frozen is left when it is no longer in the list, and not before: nothing else shows.
    private static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(2);

    // The connection may wait for the handshake's own limit, which then says what is wrong.
    private static readonly TimeSpan ConnectMargin = TimeSpan.FromSeconds(1);

    public static void Compose(IClientBuilder client, ArmatureClientOptions options)
    {
        if (options.Redis.CanConnect())
        {
            UseRedis(client, options.Redis);
        }
        else
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, options.LocalGatewayPort ?? IPEndPoint.MinPort));
        }

        client.UseConnectionRetryFilter<ConnectRetry>();
        client.AddActivityPropagation();
        Configure(client.Services);
    }

    private static void UseRedis(IClientBuilder client, RedisOptions redis)
    {
        client.Services.AddSharedRedis(redis);
        client.UseRedisClustering(options => options.ConfigurationOptions = SharedRedis.Parse(redis));
        client.Services.AddOptions<RedisClusteringOptions>().Configure<IConnectionMultiplexer>((options, shared) =>
            options.CreateMultiplexer = _ => Task.FromResult((shared, true)));
    }

    private static void Configure(IServiceCollection services)
    {
        services.UseSocketTransport();
        services.AddSingleton<SecretRefusals>();
        services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<ArmatureClientOptions>>((cluster, options) =>
        {
            cluster.ClusterId = options.Value.Cluster.ClusterId;
            cluster.ServiceId = options.Value.Cluster.ServiceId;
        });
        services.AddOptions<ClientMessagingOptions>().Configure<IOptions<ArmatureClientOptions>>((messaging, options) =>
        {
            messaging.ResponseTimeout = options.Value.ResponseTimeout;
            messaging.MaxMessageBodySize = options.Value.MaxMessageBytes;
        });
        services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefresh);
        services.AddOptions<ConnectionOptions>().Configure<IOptions<ArmatureClientOptions>>((connection, options) =>
            connection.OpenConnectionTimeout = options.Value.Cluster.HandshakeTimeout + ConnectMargin);
        services.AddOptions<ClientConnectionOptions>().Configure<IOptions<ArmatureClientOptions>, TimeProvider, SecretRefusals>((connection, options, time, refusals) =>
        {
            if (options.Value.Cluster is { Secret: { Length: > 0 } secret, HandshakeTimeout: var timeout })
            {
                connection.ConfigureConnection(builder =>
                    builder.UseMiddleware(new PresentSecret(secret, ConnectionScope.Gateway, timeout, time, refusals)));
            }
        });
    }
}
