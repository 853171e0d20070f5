using Armature.Batching;
using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds the batch engine to a silo.</summary>
public static class BatchingSiloBuilderExtensions
{
    /// <summary>
    /// Adds the batch engine. An <see cref="Armature.Storage.IBlobStore"/> and an <see cref="Armature.Storage.IRecordStore"/> must be
    /// registered too.
    /// </summary>
    public static ISiloBuilder AddBatching(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddQuietGrainService<NodeService>();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CpuWorkScheduler>();
        services.TryAddSingleton<BatchHandlerRegistry>();
        services.TryAddSingleton<Node>();
        services.AddSingleton<IReadinessCondition>(static provider => provider.GetRequiredService<Node>());
        services.TryAddSingleton<BatchTable>();
        services.TryAddSingleton<ClusterNodes>();
        services.TryAddSingleton<BatchArchive>();
        services.TryAddSingleton<BatchStarter>();
        services.TryAddSingleton<BatchAnswers>();
        services.TryAddSingleton<BatchLifecyclePublisher>();
        services.TryAddSingleton(typeof(HandlerSource<>));
        services.TryAddSingleton(typeof(EntryCodec<>));
        services.TryAddSingleton(typeof(ItemExecution<,>));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, BatchDrain>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OpenBatches>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OrphanedChunks>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, BatchHandlerCheck>();
        return builder;
    }
}
