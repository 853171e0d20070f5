namespace Armature.Rendering.Output;

/// <summary>A site as a run needs it.</summary>
/// <param name="Description">The site as the silos know it.</param>
/// <param name="Folder">The folder of the built site; null when there is none.</param>
/// <param name="StaticFolder">The folder of its static files; null when it has none.</param>
/// <param name="Render">Renders its pages.</param>
/// <param name="ListRoutes">Gives the routes that its own bundle names.</param>
internal sealed record SiteToRender(
    RenderSite Description, string? Folder, string? StaticFolder, PageRenderer Render, Func<CancellationToken, Task<IReadOnlyList<SiteRoute>>> ListRoutes);
