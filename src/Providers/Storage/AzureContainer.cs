using Armature.Hosting;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Armature.Storage;

/// <summary>The container that options name.</summary>
public static class AzureContainer
{
    // A blob is one request, and a large one takes longer than the SDK's 100 seconds on a slow line.
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromMinutes(10);

    /// <summary>True when Azure's SDK can read the connection string.</summary>
    public static bool CanRead(string connectionString)
    {
        try
        {
            _ = new BlobServiceClient(connectionString);
            return true;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    internal static BlobContainerClient Open(StorageOptions options)
    {
        var client = new BlobClientOptions { Retry = { NetworkTimeout = NetworkTimeout } };
        var service = options switch
        {
            { AzureConnectionString: { Length: > 0 } connection } => new BlobServiceClient(connection, client),
            { AzureServiceUri: { Query.Length: > 1 } signed } => new BlobServiceClient(signed, client),
            { AzureServiceUri: { } account } => new BlobServiceClient(account, new DefaultAzureCredential(), client),
            _ => throw new InvalidOperationException(
                "Azure blobs need Armature:Storage:AzureConnectionString or Armature:Storage:AzureServiceUri; neither is set."),
        };
        return service.GetBlobContainerClient(options.AzureContainer);
    }
}
