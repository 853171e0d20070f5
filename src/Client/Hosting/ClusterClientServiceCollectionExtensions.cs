using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a client of a cluster that runs elsewhere.</summary>
public static class ClusterClientServiceCollectionExtensions
{
    /// <summary>
    /// Connects this process, when its host starts, to a running cluster. Large items and results go through the silos; a client
    /// that reaches their blob store itself chooses it afterwards (<c>UseFolderBlobs</c>, <c>UseAzureBlobs</c>).
    /// </summary>
    public static IServiceCollection AddArmatureClient(this IServiceCollection services, Action<ArmatureClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ArmatureClientOptions();
        configure(options);

        services.AddOptions<ArmatureClientOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArmatureClientOptions>, ArmatureClientOptionsValidator>());
        services.AddHostedService<ClientStartup>();
        services.AddOrleansClient(client => ClientComposition.Compose(client, options));
        return services.UseClusterBlobs().AddArmatureClientServices();
    }
}
