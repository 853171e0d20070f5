namespace Armature.Validation.Tables;

/// <summary>Values of which a cell's must be one.</summary>
/// <param name="Rule">The rule that is broken by others.</param>
/// <param name="Keys">Their keys.</param>
internal sealed record AllowedValues(int Rule, KeySet Keys);
