namespace Armature.Rendering;

/// <summary>An item of the batch handler <see cref="HandlerName"/>: one page of a site.</summary>
[GenerateSerializer, Immutable, Alias("armature.rendering.render-job")]
public sealed record RenderJob
{
    /// <summary>The name that the handler of pages is registered under.</summary>
    public const string HandlerName = "render";

    /// <summary>The name that the handler is registered under which lists the routes of a <see cref="RenderSite"/>.</summary>
    public const string RoutesHandlerName = "render-routes";

    /// <summary>The site.</summary>
    [Id(0)]
    public required RenderSite Site { get; init; }

    /// <summary>The page: a path with an optional query, as <see cref="RoutePath"/> allows.</summary>
    [Id(1)]
    public required string Route { get; init; }
}
