namespace Armature.Validation.Tables;

/// <summary>A field of a table schema as it was read. Bounds and values that are allowed are read by the field's type when it is compiled.</summary>
internal sealed record FieldSpec
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Format { get; init; }

    /// <summary>Where the field is in the schema.</summary>
    public required string Pointer { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>Part of the primary key counts as required too.</summary>
    public bool IsRequired { get; init; }

    public bool IsUnique { get; init; }

    public string[] MissingValues { get; init; } = [""];

    /// <summary>Of numbers.</summary>
    public string DecimalChar { get; init; } = ".";

    /// <summary>Of numbers; null when digits are not grouped.</summary>
    public string? GroupChar { get; init; }

    /// <summary>Of numbers: false when there may be other text before and after them.</summary>
    public bool IsBareNumber { get; init; } = true;

    public string[] TrueValues { get; init; } = ["true", "True", "TRUE", "1"];

    public string[] FalseValues { get; init; } = ["false", "False", "FALSE", "0"];

    /// <summary>Of lists.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Of lists.</summary>
    public string ItemType { get; init; } = FieldTypes.Text;

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public SpecValue? Minimum { get; init; }

    public SpecValue? Maximum { get; init; }

    public SpecValue? ExclusiveMinimum { get; init; }

    public SpecValue? ExclusiveMaximum { get; init; }

    /// <summary>Null when every value is allowed.</summary>
    public SpecValue[]? Allowed { get; init; }

    /// <summary>Null when the field has no categories.</summary>
    public SpecValue[]? Categories { get; init; }
}
