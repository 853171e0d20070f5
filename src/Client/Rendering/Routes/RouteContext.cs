namespace Armature.Rendering.Routes;

/// <summary>What a source of routes may ask of the site that it is for.</summary>
/// <param name="Origin">The site's origin.</param>
/// <param name="ListRoutes">Gives the routes that the site's own bundle names.</param>
/// <param name="Warn">Is told what the caller may want to know.</param>
internal sealed record RouteContext(string Origin, Func<CancellationToken, Task<IReadOnlyList<SiteRoute>>> ListRoutes, Action<string> Warn);
