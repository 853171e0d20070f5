namespace Armature.Rendering;

/// <summary>Renders routes as they come and gives the pages as they are done, in no order: one for each route, a failed one with its error.</summary>
internal delegate IAsyncEnumerable<RenderedPage> PageRenderer(IAsyncEnumerable<string> routes, CancellationToken cancellationToken);
