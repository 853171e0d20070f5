using Armature.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Chooses where a silo processes images.</summary>
public static class ImageProcessesSiloBuilderExtensions
{
    /// <summary>Processes images in warm child processes, which start with the silo and never outlive it.</summary>
    public static ISiloBuilder UseImageProcesses(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ProcessImageProcessor>();
        builder.Services.AddSingleton<IImageProcessor>(static services => services.GetRequiredService<ProcessImageProcessor>());
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ImageProcesses>();
        return builder;
    }
}
