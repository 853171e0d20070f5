using Armature.Batching;
using Armature.Clustering;
using Armature.Health;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>What a silo of the house is made of.</summary>
internal static class SiloComposition
{
    // A silo that the others refuse, or that cannot reach them, gives up after this and not after Orleans' five minutes.
    private static readonly TimeSpan MaxJoinAttemptTime = TimeSpan.FromMinutes(1);

    // So long after the death of a silo nobody can register a grain in its part of the directory: it might live after all.
    // Orleans' own half minute would be longer than clients repeat their calls.
    private static readonly TimeSpan RangeLeaseDuration = TimeSpan.FromSeconds(5);

    public static void Compose(ISiloBuilder silo, ArmatureOptions options)
    {
        if (options.Redis.CanConnect())
        {
            silo.UseRedisCluster(options.Redis);
            silo.Services.AddSingleton<MembershipRow>();
            silo.Services.AddSingleton<IReadinessCondition>(provider => provider.GetRequiredService<MembershipRow>());
            silo.Services.AddHostedService(provider => provider.GetRequiredService<MembershipRow>());
        }
        else
        {
            silo.UseStandalone();
        }

#pragma warning disable ORLEANSEXP003 // The default directory drops activations of surviving silos whenever any silo leaves.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddMemoryStreams(BatchStreams.Provider);
        silo.AddActivityPropagation();
        silo.Services.AddSingleton<IReadinessCondition, SiloActive>();
        ConfigureOrleans(silo.Services);
        silo.AddMembership();
        silo.AddSystems(options);
    }

    private static void ConfigureOrleans(IServiceCollection services)
    {
        services.UseSocketTransport();
        RefusedJoin.Register(services);
        services.AddSingleton<IConfigureOptions<EndpointOptions>, SiloEndpoints>();
        services.AddSingleton<IConfigureOptions<SiloConnectionOptions>, SiloSecret>();
        services.AddSingleton<IConfigureOptions<ConnectionOptions>, SiloSecret>();
        services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<ArmatureOptions>>((cluster, options) =>
        {
            cluster.ClusterId = options.Value.Cluster.ClusterId;
            cluster.ServiceId = options.Value.Cluster.ServiceId;
        });
        services.AddOptions<GrainDirectoryOptions>().Configure(directory => directory.RangeLeaseDuration = RangeLeaseDuration);
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<ArmatureOptions>>((membership, options) =>
        {
            var own = options.Value.Cluster.Membership;
            membership.ProbeTimeout = own.ProbeTimeout;
            membership.MinProbeTimeout = own.ProbeTimeout;
            membership.MaxProbeTimeout = own.MaxProbeTimeout;
            membership.NumMissedProbesLimit = own.MissedProbes;
            membership.TableRefreshTimeout = own.TableRefreshPeriod;
            membership.IAmAliveTablePublishTimeout = own.IAmAlivePeriod;
            membership.MaxJoinAttemptTime = MaxJoinAttemptTime;
        });
    }
}
