using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The blob store of a silo or client, and the record store of a silo. Section <c>Armature:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration name of <see cref="MaxBlobBytes"/>, for messages.</summary>
    public const string MaxBlobBytesName = "Armature:Storage:MaxBlobBytes";

    /// <summary>The configuration name of <see cref="MaxClientBlobBytes"/>, for messages.</summary>
    public const string MaxClientBlobBytesName = "Armature:Storage:MaxClientBlobBytes";

    /// <summary>The configuration name of <see cref="MaxPendingRecordBytes"/>, for messages.</summary>
    public const string MaxPendingRecordBytesName = "Armature:Storage:MaxPendingRecordBytes";

    /// <summary>The folder of the blobs. Silos on several machines must all be given one shared folder.</summary>
    /// <value>Default: none; a silo then takes <c>blobs</c> in its data folder.</value>
    public string? Folder { get; set; }

    /// <summary>Azure Blob Storage instead of a folder: a connection string.</summary>
    /// <value>Default: none.</value>
    public string? AzureConnectionString { get; set; }

    /// <summary>
    /// Azure Blob Storage instead of a folder: the account's address, such as <c>https://ACCOUNT.blob.core.windows.net</c>, with a
    /// shared access signature or, without one, for this process's own identity.
    /// </summary>
    /// <value>Default: none.</value>
    public Uri? AzureServiceUri { get; set; }

    /// <summary>The container in Azure. It is created when it is not there.</summary>
    /// <value>Default: <c>armature</c>.</value>
    [RegularExpression("^[a-z0-9](-?[a-z0-9]){2,62}$")]
    public string AzureContainer { get; set; } = "armature";

    /// <summary>Bytes of one blob.</summary>
    /// <value>Default: 4 GiB. At most 5,000 MiB, the most that Azure takes in one write.</value>
    [Range(1L, 5_000L << 20)]
    public long MaxBlobBytes { get; set; } = 4L << 30;

    /// <summary>Whether a folder's blobs are on the disk, and not only with the operating system, when a write returns.</summary>
    /// <value>Default: false. A power failure may then lose or empty the blobs of the last seconds.</value>
    public bool FlushToDisk { get; set; }

    /// <summary>Unfinished files of a folder are removed at start when nobody has written to them for so long.</summary>
    /// <value>Default: 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan UnfinishedRetention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What the names of blobs start with that clients may reach through the cluster.</summary>
    /// <value>Default: <c>batches/</c>, <c>payloads/</c> and <c>sites/</c>.</value>
    [MinLength(1)]
    public IReadOnlyList<string> ClientPrefixes { get; set; } = ["batches/", "payloads/", "sites/"];

    /// <summary>Bytes of one blob that a client sends through the cluster.</summary>
    /// <value>Default: 1 GiB.</value>
    [Range(1L, 5_000L << 20)]
    public long MaxClientBlobBytes { get; set; } = 1L << 30;

    /// <summary>Blobs larger than 1 MiB that clients send through one silo at a time; each takes up to 2 MiB of memory. Others wait.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 10_000)]
    public int MaxClientUploads { get; set; } = 64;

    /// <summary>Payloads of batches are pruned at this age, in case the batch that should have done it was lost. Longer than any batch runs.</summary>
    /// <value>Default: 24 hours.</value>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00")]
    public TimeSpan BatchPayloadRetention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Bundles of sites are pruned at this age. One that is rendered is written anew once a day.</summary>
    /// <value>Default: 30 days.</value>
    [Range(typeof(TimeSpan), "2.00:00:00", "3650.00:00:00")]
    public TimeSpan SiteRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The time between two rounds of pruning.</summary>
    /// <value>Default: 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Blobs that one round of pruning deletes at most.</summary>
    /// <value>Default: 10,000.</value>
    [Range(1, 10_000_000)]
    public int MaxPrunedPerRound { get; set; } = 10_000;

    /// <summary>Where a silo keeps its records.</summary>
    /// <value>Default: Auto, which is Redis when it is configured and SQLite files in <c>records</c> of the data folder otherwise.</value>
    [EnumDataType(typeof(RecordStoreKind))]
    public RecordStoreKind Records { get; set; } = RecordStoreKind.Auto;

    /// <summary>How long one call that commits records may take before it is given up and repeated.</summary>
    /// <value>Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RecordCallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the owner of records repeats a commit that the store does not take before it gives up.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RecordRetryTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of changes that may wait for the commits of one partition; more are refused.</summary>
    /// <value>Default: 64 MiB. At least one commit, 4 MiB.</value>
    [Range(4L << 20, 16L << 30)]
    public long MaxPendingRecordBytes { get; set; } = 64L << 20;
}
