using System.Collections.Immutable;

namespace Armature.Validation.Tables;

/// <summary>A table schema is not one, or asks for what is not supported.</summary>
[GenerateSerializer, Alias("armature.validation.table-schema-exception")]
public sealed class TableSchemaException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="violations">Everything that is wrong, in the order of the schema.</param>
    public TableSchemaException(ImmutableArray<TableSchemaViolation> violations)
        : base($"The table schema cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}") => Violations = violations;

    /// <summary>Everything that is wrong, in the order of the schema; the first 100.</summary>
    [Id(0)]
    public ImmutableArray<TableSchemaViolation> Violations { get; }
}
