using Armature.Batching;
using Armature.Hosting;
using Armature.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Orleans.Hosting;

/// <summary>Adds image jobs to a silo.</summary>
public static class ImagesSiloBuilderExtensions
{
    /// <summary>
    /// Adds the batch handler <see cref="ImageJob.HandlerName"/>. The batch engine and an <see cref="IImageProcessor"/> must be
    /// registered too.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="capacity">The pictures that are worked on at a time: what the processor can use.</param>
    public static ISiloBuilder AddImages(this ISiloBuilder builder, BatchCapacity capacity)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton<ImageGuard>();
        services.TryAddSingleton<ImagePresets>();
        services.TryAddSingleton<ImagePlanReader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArmatureOptions>, ImagesOptionsRules>());
        services.AddBatchHandler<ImageBatchHandler>(ImageJob.HandlerName, options =>
        {
            options.Capacity = capacity;
            options.TailReissue = TailReissue.On;
        });
        return builder;
    }
}
