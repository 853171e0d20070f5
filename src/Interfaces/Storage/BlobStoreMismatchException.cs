namespace Armature.Storage;

/// <summary>A silo has another blob store than the cluster that it wants to join: what it wrote the others could not read.</summary>
[GenerateSerializer, Alias("armature.storage.blob-store-mismatch-exception")]
public sealed class BlobStoreMismatchException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobStoreMismatchException(string location, string storeId, string clusterStoreId, string howToForget)
        : base(
            $"This silo's blob store, {location}, is not the one that the cluster's silos use: its identity is {storeId}, theirs is {clusterStoreId}. "
            + "All silos must share one store: give them all the same shared folder (Armature:Storage:Folder) or the same Azure container "
            + $"(Armature:Storage:AzureConnectionString or AzureServiceUri). If the store was replaced on purpose, {howToForget}.")
    {
        Location = location;
        StoreId = storeId;
        ClusterStoreId = clusterStoreId;
    }

    /// <summary>Where this silo's store is.</summary>
    [Id(0)]
    public string Location { get; }

    /// <summary>The identity of this silo's store.</summary>
    [Id(1)]
    public string StoreId { get; }

    /// <summary>The identity of the store that the cluster uses.</summary>
    [Id(2)]
    public string ClusterStoreId { get; }
}
