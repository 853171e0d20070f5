namespace Armature.Validation.Tables;

/// <summary>Makes the check of a field.</summary>
internal static class FieldCompiler
{
    public static ValueCheck Compile(FieldSpec field, ColumnRules rules, Violations violations)
    {
        _ = violations;
        return new TextCheck(field, rules);
    }
}
