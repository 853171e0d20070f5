using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>Page rendering of a silo. Section <c>Armature:Rendering</c>.</summary>
public sealed class RenderingOptions
{
    /// <summary>Whether the silo renders pages.</summary>
    /// <value>Default: true. Node is looked for when the first page is rendered.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The Node program, 20.19 or later: a name that is looked up in PATH, or a full path.</summary>
    /// <value>Default: <c>node</c>.</value>
    [Required]
    public string NodePath { get; set; } = "node";

    /// <summary>Node processes for each site.</summary>
    /// <value>Default: none, which takes <c>CpuThreads</c>.</value>
    [Range(1, 256)]
    public int? Processes { get; set; }

    /// <summary>Memory of one process. Three quarters of it are the limit of its JavaScript heap.</summary>
    /// <value>Default: 1 GiB.</value>
    [Range(256L << 20, 1L << 36)]
    public long MemoryLimitBytes { get; set; } = 1L << 30;

    /// <summary>Pages after which a process is replaced. Its successor compiles the site's code anew, which pages of a third of a millisecond feel; what a page leaves behind is bounded by <see cref="RecycleAboveBytes"/>.</summary>
    /// <value>Default: 100,000.</value>
    [Range(1, int.MaxValue)]
    public int RecycleAfterPages { get; set; } = 100_000;

    /// <summary>A process that holds more resident bytes than this after a page is replaced.</summary>
    /// <value>Default: 512 MiB.</value>
    [Range(64L << 20, 1L << 36)]
    public long RecycleAboveBytes { get; set; } = 512L << 20;

    /// <summary>Bytes of one page.</summary>
    /// <value>Default: 16 MiB.</value>
    [Range(1 << 10, 1 << 30)]
    public int MaxPageBytes { get; set; } = 16 << 20;

    /// <summary>Sites whose processes are kept; the one that was not used for longest gives way to another.</summary>
    /// <value>Default: 4.</value>
    [Range(1, 256)]
    public int MaxSites { get; set; } = 4;

    /// <summary>The processes of a site that was not used for so long are ended.</summary>
    /// <value>Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of one site's bundle.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1L << 10, 4L << 30)]
    public long MaxBundleBytes { get; set; } = 256L << 20;

    /// <summary>
    /// The bundles that this silo runs, by the SHA-256 of their archives: the command line shows it. A bundle is a program, and any client
    /// of the cluster may send one.
    /// </summary>
    /// <value>Default: empty, which is any.</value>
    public IList<string> AllowedBundles { get; } = [];

    /// <summary>
    /// Whether Node's permission model keeps a site's code to the files of its own bundle, and from child processes, worker threads and
    /// native add-ons. On Linux.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Confine { get; set; } = true;

    /// <summary>Environment variables of the Node processes: the address of a backend, say. They are visible to the site's code.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
