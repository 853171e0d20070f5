using Armature.Hosting;
using Armature.Images;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses libvips in this process as the image processor.</summary>
public static class NetVipsServiceCollectionExtensions
{
    /// <summary>Processes images in this process: for trusted pictures only.</summary>
    public static IServiceCollection UseNetVips(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<IImageProcessor>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Images;
            return new NetVipsImageProcessor(new() { FontFile = options.FontFile, MaxPixels = options.MaxPixels });
        });
    }
}
