using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>All tuning of a silo: what Armature's guide calls <c>ParallelConfig</c>. Section <c>Armature</c>.</summary>
public sealed class ArmatureOptions
{
    /// <summary>The section of the configuration that is bound to this class.</summary>
    public const string Section = "Armature";

    /// <summary>Dedicated threads for work that computes, and warm child processes for images and pages.</summary>
    /// <value>Default: the number of processors.</value>
    [Range(1, 1024)]
    public int CpuThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>Items at a time of a handler that awaits (the guide's blocking threads).</summary>
    /// <value>Default: 512.</value>
    [Range(1, 4096)]
    public int IoConcurrency { get; set; } = 512;

    /// <summary>Jobs that a worker takes at a time. Nothing reads it yet: it is kept for a queue of jobs.</summary>
    /// <value>Default: 10.</value>
    [Range(1, 10_000)]
    public int JobBatchSize { get; set; } = 10;

    /// <summary>The folder for everything that stays on this machine. One silo without Redis owns it alone.</summary>
    /// <value>Default: <c>armature</c> in the user's local application data.</value>
    [Required]
    public string DataFolder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "armature");

    /// <summary>This process as a member of its cluster.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>The Redis server that makes several processes one cluster.</summary>
    public RedisOptions Redis { get; } = new();

    /// <summary>The HTTP side of the host.</summary>
    public HttpOptions Http { get; } = new();

    /// <summary>The batch engine.</summary>
    public BatchingOptions Batching { get; } = new();

    /// <summary>The cache.</summary>
    public CachingOptions Caching { get; } = new();

    /// <summary>The blob store.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>Image jobs.</summary>
    public ImagesOptions Images { get; } = new();

    /// <summary>Page rendering.</summary>
    public RenderingOptions Rendering { get; } = new();

    /// <summary>For a developer's machine: every processor computes.</summary>
    public static ArmatureOptions Development() => new();

    /// <summary>For a server: one processor is left to grains and connections.</summary>
    public static ArmatureOptions Production() => new() { CpuThreads = Math.Max(1, Environment.ProcessorCount - 1) };
}
