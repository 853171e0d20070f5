namespace Armature.Storage;

/// <summary>A record store did not answer, or cannot be used as it is. What was asked may have been applied; it may be repeated.</summary>
[GenerateSerializer, Alias("armature.storage.record-store-exception")]
public sealed class RecordStoreException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public RecordStoreException(string location, string message, Exception? innerException = null)
        : base($"Record store {location}: {message}", innerException)
    {
        Location = location;
    }

    /// <summary>The store, as <see cref="IRecordStore.Location"/> tells it.</summary>
    [Id(0)]
    public string Location { get; }
}
