namespace Armature.Validation.Tables;

/// <summary>One thing that is wrong with a schema.</summary>
/// <param name="Place">Where in the schema, as a JSON pointer (RFC 6901): <c>/fields/3/constraints/minimum</c>; empty for the whole.</param>
/// <param name="Message">What is wrong, what is allowed and what to do.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.table-schema-violation")]
public sealed record TableSchemaViolation([property: Id(0)] string Place, [property: Id(1)] string Message)
{
    /// <summary>Place and message.</summary>
    public override string ToString() => Place.Length == 0 ? Message : $"{Place}: {Message}";
}
