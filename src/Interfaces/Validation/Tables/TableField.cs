namespace Armature.Validation.Tables;

/// <summary>A field of a table schema: what the cells of one column are.</summary>
public sealed record TableField
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The type, as the standard calls it: <c>string</c>, <c>integer</c>, <c>date</c>, ...; <c>any</c> when the schema says none, or <c>string</c> when the field has what only strings have.</summary>
    public required string Type { get; init; }

    /// <summary>The form of that type; <c>default</c> when the schema says none.</summary>
    public required string Format { get; init; }

    /// <summary>Whether the values must be in no report: the field has <c>"armature:sensitive": true</c>.</summary>
    public bool IsSensitive { get; init; }
}
