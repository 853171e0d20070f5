namespace Armature.Storage;

/// <summary>A blob store cannot be used as it is. The message says why and what to do.</summary>
[GenerateSerializer, Alias("armature.storage.blob-store-exception")]
public sealed class BlobStoreException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobStoreException(string location, string message, Exception? innerException = null)
        : base($"Blob store {location}: {message}", innerException)
    {
        Location = location;
    }

    /// <summary>The store, as <see cref="IBlobStore.Location"/> tells it.</summary>
    [Id(0)]
    public string Location { get; }
}
