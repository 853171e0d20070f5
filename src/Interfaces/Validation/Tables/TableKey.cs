namespace Armature.Validation.Tables;

/// <summary>Columns whose values together may be in one row only.</summary>
/// <param name="Rule">The rule's place in <see cref="TableProgram.Rules"/>.</param>
/// <param name="Columns">The columns' places in the file.</param>
/// <param name="IsWholeWithoutValue">
/// What a row with a missing value among them is: false when it is not compared at all, true when a missing value is one like others.
/// </param>
internal sealed record TableKey(int Rule, int[] Columns, bool IsWholeWithoutValue);
