using System.Collections.Immutable;

namespace Armature.Rendering;

/// <summary>The routes that a site's own bundle names, in its order.</summary>
/// <param name="Routes">The routes; empty when the bundle names none.</param>
[GenerateSerializer, Immutable, Alias("armature.rendering.site-routes")]
public sealed record SiteRoutes([property: Id(0)] ImmutableArray<SiteRoute> Routes);
