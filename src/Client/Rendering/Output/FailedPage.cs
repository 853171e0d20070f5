namespace Armature.Rendering.Output;

/// <summary>A page that failed.</summary>
/// <param name="Route">The route.</param>
/// <param name="Code">Why, as programs know it: one of <see cref="RenderErrorCodes"/> or <see cref="ItemErrorCodes"/>.</param>
/// <param name="Message">What was wrong, for people.</param>
/// <param name="KeepsLastGood">True when the site has the page as it was rendered last; false when it has none.</param>
public sealed record FailedPage(string Route, string Code, string Message, bool KeepsLastGood);
