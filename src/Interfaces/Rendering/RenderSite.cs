using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering;

/// <summary>A site as the silos know it: which bundle renders its pages, and as whom.</summary>
[GenerateSerializer, Immutable, Alias("armature.rendering.render-site")]
public sealed record RenderSite
{
    /// <summary>The content address of the bundle: the SHA-256 of its archive, 64 lower-case hexadecimal digits.</summary>
    [Id(0)]
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public required string Bundle { get; init; }

    /// <summary>How the bundle is called.</summary>
    [Id(1)]
    [EnumDataType(typeof(SiteAdapter))]
    public required SiteAdapter Adapter { get; init; }

    /// <summary>The module that is loaded: a relative path in the bundle with '/', such as <c>main.server.mjs</c>.</summary>
    [Id(2)]
    [Required, StringLength(512, MinimumLength = 1)]
    public required string Entry { get; init; }

    /// <summary>A page around what a module renders, which its <c>context.template</c> gives it: a relative path in the bundle; null for none.</summary>
    [Id(3)]
    [StringLength(512, MinimumLength = 1)]
    public string? Template { get; init; }

    /// <summary>Scheme, host and port of every page's URL, without a path. It never comes from a request.</summary>
    /// <value>Default: <c>http://localhost</c>.</value>
    [Id(4)]
    [Required, RegularExpression("^https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$")]
    public string Origin { get; init; } = "http://localhost";

    /// <summary>The longest time one page may take. Then it is told to stop, and two seconds later its process is killed.</summary>
    /// <value>Default: 30 seconds. From 10 ms to an hour.</value>
    [Id(5)]
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pages that one process may have in flight when they wait on something. 1 where pages must not share globals.</summary>
    /// <value>Default: 64.</value>
    [Id(6)]
    [Range(1, 256)]
    public int MaxPagesPerProcess { get; init; } = 64;

    /// <summary>What the site's backend can bear; null for no limit.</summary>
    [Id(7)]
    public RenderPace? Pace { get; init; }

    /// <summary>The name of the blob with the bundle's archive.</summary>
    public string BlobName => BlobNameOf(Bundle);

    /// <summary>The name of the blob with an archive.</summary>
    /// <param name="bundle">Its content address.</param>
    public static string BlobNameOf(string bundle) => $"sites/{bundle}.tar";
}
