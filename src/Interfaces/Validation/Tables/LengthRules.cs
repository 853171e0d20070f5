namespace Armature.Validation.Tables;

/// <summary>How long a text or a collection may be.</summary>
internal readonly struct LengthRules(FieldSpec field, ColumnRules rules)
{
    /// <summary>0 when there is no such rule.</summary>
    public int Least { get; } = field.MinLength ?? 0;

    public int LeastRule { get; } = rules.AddIf(field.MinLength is not null, ValidationCodes.MinLength, $"must have a length of {field.MinLength} at least.");

    /// <summary>The highest there is when there is no such rule.</summary>
    public int Most { get; } = field.MaxLength ?? int.MaxValue;

    public int MostRule { get; } = rules.AddIf(field.MaxLength is not null, ValidationCodes.MaxLength, $"must have a length of {field.MaxLength} at most.");

    public void Check(int length, IRuleSink sink)
    {
        if (length < Least)
        {
            sink.Break(LeastRule);
        }

        if (length > Most)
        {
            sink.Break(MostRule);
        }
    }
}
