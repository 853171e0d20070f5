using Armature.Batching;
using Armature.Hosting;
using Armature.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds page rendering to a silo.</summary>
public static class RenderingSiloBuilderExtensions
{
    // Pages that a silo has at hand for each of its processes: as many as wait, where they wait on a backend.
    private const int PagesPerProcess = 64;

    private const int MaxPages = 4096;

    // A page has a time limit of its own, which its process keeps; here it may also wait for a process, behind slow pages.
    private static readonly TimeSpan ItemTimeout = TimeSpan.FromDays(1);

    /// <summary>Adds the batch handlers <see cref="RenderJob.HandlerName"/> and <see cref="RenderJob.RoutesHandlerName"/>. The batch engine must be registered too.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="options">The silo's options.</param>
    public static ISiloBuilder AddRendering(this ISiloBuilder builder, ArmatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NodeProgram>();
        services.TryAddSingleton<SiteUnpacker>();
        services.TryAddSingleton<SiteSurroundings>();
        services.TryAddSingleton<SiteRenderers>();
        services.TryAddSingleton<RenderPaceKeeper>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, RenderingLife>();
        services.AddBatchHandler<RenderPageHandler>(RenderJob.HandlerName, handler =>
        {
            handler.Capacity = BatchCapacity.Fixed((int)Math.Clamp((long)RendererPool.ProcessesOf(options) * PagesPerProcess, 1, MaxPages));
            handler.ItemTimeout = ItemTimeout;
        });
        services.AddBatchHandler<RenderRoutesHandler>(RenderJob.RoutesHandlerName);
        return builder;
    }
}
