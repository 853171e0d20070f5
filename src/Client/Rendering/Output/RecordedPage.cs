namespace Armature.Rendering.Output;

/// <summary>A page of a version.</summary>
/// <param name="Route">The route.</param>
/// <param name="Stamp">What the page was made of: equal for equal sites, bundles and inputs.</param>
/// <param name="Status">The status that it had.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Files">The page's file, then its compressed variants.</param>
/// <param name="Location">Where it leads, when it is a redirect.</param>
internal sealed record RecordedPage(string Route, string Stamp, int Status, string ContentType, IReadOnlyList<RecordedFile> Files, string? Location = null);
