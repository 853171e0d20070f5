using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering;

/// <summary>What a site's backend can bear, over the whole cluster.</summary>
[GenerateSerializer, Immutable, Alias("armature.rendering.render-pace")]
public sealed record RenderPace
{
    /// <summary>What the limits are counted under: sites with the same name share them.</summary>
    [Id(0)]
    [Required, StringLength(256, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Pages begun in a second.</summary>
    /// <value>Default: none, which is no limit.</value>
    [Id(1)]
    [Range(0.01, 1_000_000)]
    public double? PagesPerSecond { get; init; }

    /// <summary>Pages in flight at a time.</summary>
    /// <value>Default: none, which is no limit.</value>
    [Id(2)]
    [Range(1, 1_000_000)]
    public int? MaxInFlight { get; init; }
}
