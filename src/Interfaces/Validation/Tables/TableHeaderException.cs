using System.Collections.Immutable;

namespace Armature.Validation.Tables;

/// <summary>The columns of a file are not those that its schema, or the records of its rules, have.</summary>
[GenerateSerializer, Alias("armature.validation.table-header-exception")]
public sealed class TableHeaderException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="violations">Everything that does not fit.</param>
    public TableHeaderException(ImmutableArray<string> violations)
        : base($"The columns of the file do not fit:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}") => Violations = violations;

    /// <summary>Everything that does not fit: every column that is missing, too many, or in another's place.</summary>
    [Id(0)]
    public ImmutableArray<string> Violations { get; }
}
