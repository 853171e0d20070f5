namespace Armature.Validation.Tables;

/// <summary>Takes the rules of one column into those of its table.</summary>
/// <param name="rules">All rules so far.</param>
/// <param name="column">The column's place in the file.</param>
/// <param name="field">Its field.</param>
internal sealed class ColumnRules(List<TableRule> rules, int column, FieldSpec field)
{
    /// <summary>What a check has in place of a rule that the field does not have.</summary>
    public const int None = -1;

    /// <summary>Adds a rule.</summary>
    /// <param name="code">Which rule.</param>
    /// <param name="says">What is allowed: the rest of a sentence that begins with the field's name.</param>
    /// <returns>The rule's place.</returns>
    public int Add(string code, string says)
    {
        rules.Add(new(column, field.Name, code, $"{field.Name} {says}", field.IsSensitive));
        return rules.Count - 1;
    }

    /// <summary>Adds a rule where the field has it.</summary>
    /// <inheritdoc cref="Add"/>
    public int AddIf(bool has, string code, string says) => has ? Add(code, says) : None;
}
