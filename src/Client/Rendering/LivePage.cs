namespace Armature.Rendering;

/// <summary>A page that was rendered on demand.</summary>
/// <param name="Page">The page.</param>
/// <param name="IsStale">True when it is older than it should be: it is rendered anew in the background, or cannot be at the moment.</param>
public sealed record LivePage(RenderedPage Page, bool IsStale);
