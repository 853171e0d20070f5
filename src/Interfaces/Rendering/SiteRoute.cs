namespace Armature.Rendering;

/// <summary>A route that a site's own bundle names.</summary>
/// <param name="Path">The path; where <paramref name="HasParameters"/> is true a pattern, such as <c>/products/:id</c>, and no page.</param>
/// <param name="Mode">Who is meant to render it.</param>
/// <param name="HasParameters">Whether values are missing that only the caller knows.</param>
[GenerateSerializer, Immutable, Alias("armature.rendering.site-route")]
public sealed record SiteRoute([property: Id(0)] string Path, [property: Id(1)] RouteMode Mode, [property: Id(2)] bool HasParameters);
