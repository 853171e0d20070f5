namespace Armature.Rendering;

/// <summary>Who is meant to render a route.</summary>
public enum RouteMode
{
    /// <summary>A server, for each request.</summary>
    Server = 0,

    /// <summary>A build, once.</summary>
    Prerender = 1,

    /// <summary>The browser. There is nothing to render here but an empty page.</summary>
    Client = 2,
}
