using Armature.Rendering.Routes;

namespace Armature.Rendering.Output;

/// <summary>A route for a plan.</summary>
/// <param name="Found">The route.</param>
/// <param name="LinkedFrom">The page whose link led to it; null when it was named by a source.</param>
internal readonly record struct PlannedRoute(FoundRoute Found, string? LinkedFrom = null);
