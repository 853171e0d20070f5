using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Chooses the blob store of a silo or a client. The last choice counts: a later call replaces an earlier one. <c>AddArmature</c>
/// chooses by <c>Armature:Storage</c>, so a choice in code comes after it.
/// </summary>
public static class BlobStoreServiceCollectionExtensions
{
    /// <summary>Keeps blobs as files of one folder. Several silos on one machine share it; on several machines it must be a shared folder.</summary>
    public static IServiceCollection UseFolderBlobs(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.Replace(ServiceDescriptor.Singleton<IBlobStore>(provider => new FolderBlobStore(
            path,
            provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Storage,
            provider.GetService<TimeProvider>() ?? TimeProvider.System)));
    }

    /// <summary>
    /// Keeps blobs in Azure Blob Storage: <c>Armature:Storage:AzureConnectionString</c>, or <c>AzureServiceUri</c>, and
    /// <c>AzureContainer</c>.
    /// </summary>
    public static IServiceCollection UseAzureBlobs(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<IBlobStore>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Storage;
            return new AzureBlobStore(AzureContainer.Open(options), options);
        }));
    }

    /// <summary>Keeps blobs in this process's memory: for tests, and for a silo alone that need not keep anything.</summary>
    public static IServiceCollection UseInMemoryBlobs(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<IBlobStore>(provider =>
            new InMemoryBlobStore(provider.GetService<TimeProvider>())));
    }
}
