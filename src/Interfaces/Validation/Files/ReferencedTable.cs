namespace Armature.Validation.Files;

/// <summary>A file that another one refers to.</summary>
/// <param name="Resource">What the schema calls it.</param>
/// <param name="Header">Its columns; null where it does not name them.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.referenced-table")]
internal sealed record ReferencedTable([property: Id(0)] string Resource, [property: Id(1)] string[]? Header);
