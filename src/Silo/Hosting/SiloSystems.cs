using Armature.Batching;
using Armature.Clustering;
using Armature.Health;

namespace Armature.Hosting;

/// <summary>The systems that a silo offers.</summary>
internal static class SiloSystems
{
    public static ISiloBuilder AddSystems(this ISiloBuilder silo, ArmatureOptions options)
    {
        UseBlobs(silo.Services, options);
        UseRecords(silo.Services, options);
        if (options.Redis.CanConnect())
        {
            silo.Services.UseRedisClusterIdentity();
        }

        silo.Services.AddSingleton<IReadinessCondition, RecordsInPlace>();
        silo.AddStorage();
        silo.AddBatching();
        silo.AddCaching();
        silo.AddFileValidation();
        if (options.Caching.Redis.Enabled)
        {
            silo.Services.UseRedisCacheTier();
        }

        AddImages(silo, options.Images);
        if (options.Rendering.Enabled)
        {
            silo.AddRendering(options);
        }

        silo.Services.AddArmatureClientServices();
        return silo;
    }

    private static void AddImages(ISiloBuilder silo, ImagesOptions options)
    {
        if (!options.Enabled)
        {
            return;
        }

        if (options.Isolation == ImageIsolation.ChildProcess)
        {
            silo.AddImages(BatchCapacity.CpuAndOne).UseImageProcesses();
            return;
        }

        silo.AddImages(BatchCapacity.Cpu).Services.UseNetVips();
    }

    private static void UseBlobs(IServiceCollection services, ArmatureOptions options) => _ = options.Storage switch
    {
        { AzureConnectionString: { Length: > 0 } } or { AzureServiceUri: not null } => services.UseAzureBlobs(),
        { Folder: { Length: > 0 } folder } => services.UseFolderBlobs(folder),
        _ => services.UseFolderBlobs(Path.Combine(options.DataFolder, "blobs")),
    };

    private static void UseRecords(IServiceCollection services, ArmatureOptions options) => _ = options.Storage.Records switch
    {
        RecordStoreKind.Memory => services.UseInMemoryRecords(),
        RecordStoreKind.Redis => services.UseRedisRecords(),
        RecordStoreKind.Auto when options.Redis.CanConnect() => services.UseRedisRecords(),
        _ => services.UseSqliteRecords(Path.Combine(options.DataFolder, "records")),
    };
}
