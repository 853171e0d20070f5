using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>Image jobs of a silo. Section <c>Armature:Images</c>.</summary>
public sealed class ImagesOptions
{
    /// <summary>Whether the silo processes images.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Where images are decoded.</summary>
    /// <value>Default: <see cref="ImageIsolation.ChildProcess"/>.</value>
    [EnumDataType(typeof(ImageIsolation))]
    public ImageIsolation Isolation { get; set; } = ImageIsolation.ChildProcess;

    /// <summary>The program of the child processes: its path without an extension.</summary>
    /// <value>Default: none, which takes <c>Armature.Orleans.ImageWorker</c> beside the silo's own assemblies.</value>
    public string? WorkerPath { get; set; }

    /// <summary>Memory of one child process.</summary>
    /// <value>Default: 1 GiB.</value>
    [Range(256L << 20, 1L << 36)]
    public long MemoryLimitBytes { get; set; } = 1L << 30;

    /// <summary>The longest time one image may take in a child process.</summary>
    /// <value>Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one source.</summary>
    /// <value>Default: 64 MiB.</value>
    [Range(1 << 10, 1 << 30)]
    public int MaxSourceBytes { get; set; } = 64 << 20;

    /// <summary>Pixels of one source, summed over its frames, and of one output.</summary>
    /// <value>Default: 50 million.</value>
    [Range(1L, 1_000_000_000L)]
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>Pixels of a source whose decoder is costly: AVIF, progressive JPEG, interlaced PNG.</summary>
    /// <value>Default: 25 million.</value>
    [Range(1L, 1_000_000_000L)]
    public long MaxCostlyPixels { get; set; } = 25_000_000;

    /// <summary>Pixels along one side of a source.</summary>
    /// <value>Default: 32,767.</value>
    [Range(1, 1_000_000)]
    public int MaxSide { get; set; } = 32_767;

    /// <summary>Frames of an animation.</summary>
    /// <value>Default: 1,000.</value>
    [Range(1, 1_000_000)]
    public int MaxFrames { get; set; } = 1_000;

    /// <summary>Scans of a JPEG. Ordinary progressive pictures have about 10; every scan costs a pass over all pixels.</summary>
    /// <value>Default: 50.</value>
    [Range(1, 10_000)]
    public int MaxJpegScans { get; set; } = 50;

    /// <summary>The font of text watermarks: a TrueType or OpenType file on the silo.</summary>
    /// <value>Default: none, which takes a font of the system.</value>
    public string? FontFile { get; set; }

    /// <summary>Outputs that a plan can ask for by name.</summary>
    /// <value>Default: <c>thumb</c>, <c>small</c>, <c>medium</c> and <c>large</c>: 200, 640, 1280 and 1920 pixels, inside, JPEG.</value>
    public IDictionary<string, ImagePresetOptions> Presets { get; } = new Dictionary<string, ImagePresetOptions>(StringComparer.OrdinalIgnoreCase)
    {
        ["thumb"] = new() { Width = 200, Height = 200 },
        ["small"] = new() { Width = 640, Height = 640 },
        ["medium"] = new() { Width = 1280, Height = 1280 },
        ["large"] = new() { Width = 1920, Height = 1920 },
    };
}
