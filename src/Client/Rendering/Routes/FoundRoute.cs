namespace Armature.Rendering.Routes;

/// <summary>A route that a source named.</summary>
/// <param name="Route">The route as it is rendered; as the source wrote it when it cannot be.</param>
/// <param name="Error">Why it cannot be rendered (<see cref="RenderErrorCodes.RouteInvalid"/>); null when it can.</param>
public sealed record FoundRoute(string Route, ItemError? Error)
{
    internal static FoundRoute Of(string? route)
    {
        try
        {
            return new(RoutePath.Normalize(route ?? ""), null);
        }
        catch (RenderException e)
        {
            return Invalid(route!, e.Message);
        }
    }

    internal static FoundRoute Invalid(string route, string message) => new(Shortened(route), new ItemError(RenderErrorCodes.RouteInvalid, message));

    private static string Shortened(string route) => route.Length <= RoutePath.MaxLength ? route : route[..RoutePath.MaxLength];
}
