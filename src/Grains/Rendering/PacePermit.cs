namespace Armature.Rendering;

/// <summary>The permission to render one page.</summary>
/// <param name="Id">Which page asks; made up by its silo.</param>
/// <param name="Lease">After so long it ends by itself: its silo died.</param>
[GenerateSerializer, Immutable, Alias("armature.rendering.pace-permit")]
internal sealed record PacePermit([property: Id(0)] Guid Id, [property: Id(1)] TimeSpan Lease);
