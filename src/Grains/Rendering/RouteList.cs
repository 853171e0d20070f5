namespace Armature.Rendering;

/// <summary>The routes that a bundle names, as a renderer process says them.</summary>
/// <param name="Routes">The routes.</param>
internal sealed record RouteList(RouteList.Route[] Routes)
{
    /// <summary>One route.</summary>
    /// <param name="Path">The path or pattern.</param>
    /// <param name="Mode"><c>server</c>, <c>prerender</c> or <c>client</c>.</param>
    /// <param name="Parameters">Whether it is a pattern.</param>
    internal sealed record Route(string Path, string Mode, bool Parameters);
}
