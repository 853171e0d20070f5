using Armature.Clustering;
using Armature.Health;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>What a silo of the house is made of.</summary>
internal static class SiloComposition
{
    public static void Compose(ISiloBuilder silo, ArmatureOptions options)
    {
        _ = options.Redis.CanConnect() ? silo.UseRedisCluster(options.Redis) : silo.UseStandalone();
#pragma warning disable ORLEANSEXP003 // The default directory drops activations of surviving silos whenever any silo leaves.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddMemoryStreams(StreamNames.Provider);
        silo.AddActivityPropagation();
        silo.Services.AddSingleton<IReadinessCondition, SiloActive>();
        ConfigureOrleans(silo.Services);
        AddSystems(silo, options);
    }

    private static void ConfigureOrleans(IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<EndpointOptions>, SiloEndpoints>();
        services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<ArmatureOptions>>((cluster, options) =>
        {
            cluster.ClusterId = options.Value.Cluster.ClusterId;
            cluster.ServiceId = options.Value.Cluster.ServiceId;
        });
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<ArmatureOptions>>((membership, options) =>
        {
            membership.ProbeTimeout = options.Value.Cluster.ProbeTimeout;
            membership.NumMissedProbesLimit = options.Value.Cluster.NumMissedProbesLimit;
            membership.TableRefreshTimeout = options.Value.Cluster.TableRefreshTimeout;
            membership.IAmAliveTablePublishTimeout = options.Value.Cluster.IAmAliveTablePublishTimeout;
        });
    }

    private static void AddSystems(ISiloBuilder silo, ArmatureOptions options)
    {
        silo.Services.UseFolderBlobs(options.Storage.Folder ?? Path.Combine(options.DataFolder, "blobs"));
        silo.Services.AddArmatureClientServices();
        silo.AddBatching();
        AddImages(silo, options.Images);
    }

    private static void AddImages(ISiloBuilder silo, ImagesOptions options)
    {
        if (!options.Enabled)
        {
            return;
        }

        silo.AddImages();
        if (options.Isolation == ImageIsolation.ChildProcess)
        {
            silo.UseImageProcesses();
            return;
        }

        silo.Services.UseNetVips();
    }
}
