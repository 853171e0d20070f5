namespace Armature.Validation.Tables;

/// <summary>One of the bounds that a field can have.</summary>
/// <param name="Value">The bound as the schema has it.</param>
/// <param name="Code">The rule's code.</param>
/// <param name="Says">The rule as its message says it.</param>
/// <param name="Lowest">The least that comparing a value with the bound may give: -1, 0 or 1.</param>
/// <param name="Highest">The most that it may give.</param>
internal readonly record struct BoundSpec(SpecValue Value, string Code, string Says, int Lowest, int Highest)
{
    /// <summary>The bounds of a field, in the order of its rules.</summary>
    public static IEnumerable<BoundSpec> Of(FieldSpec field)
    {
        if (field.Minimum is { } minimum)
        {
            yield return new(minimum, ValidationCodes.Min, $"must be {minimum.Shown} or more.", 0, 1);
        }

        if (field.ExclusiveMinimum is { } exclusiveMinimum)
        {
            yield return new(exclusiveMinimum, TableCodes.ExclusiveMin, $"must be more than {exclusiveMinimum.Shown}.", 1, 1);
        }

        if (field.Maximum is { } maximum)
        {
            yield return new(maximum, ValidationCodes.Max, $"must be {maximum.Shown} or less.", -1, 0);
        }

        if (field.ExclusiveMaximum is { } exclusiveMaximum)
        {
            yield return new(exclusiveMaximum, TableCodes.ExclusiveMax, $"must be less than {exclusiveMaximum.Shown}.", -1, -1);
        }
    }
}
