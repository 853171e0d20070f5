namespace Armature.Validation.Tables;

/// <summary>Columns whose values together must be in a row of a table: of another one, or of the same.</summary>
/// <param name="Rule">The rule's place in <see cref="TableProgram.Rules"/>.</param>
/// <param name="Columns">The columns' places in the file. A row with a missing value among them refers to nothing.</param>
/// <param name="Resource">The other table's name; empty for the table itself.</param>
/// <param name="Fields">The columns' names there, in the order of <paramref name="Columns"/>.</param>
internal sealed record TableReference(int Rule, int[] Columns, string Resource, string[] Fields);
