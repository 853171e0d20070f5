namespace Armature.Validation;

/// <summary>A failure as it was found: made into text when somebody reads it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="At">The object that the field belongs to; null for the outermost.</param>
/// <param name="Value">The value.</param>
/// <param name="Thrown">The type of what the rule threw instead of an answer.</param>
/// <param name="Branch">Failures that were found beside, in place of one; the others are null then.</param>
internal readonly record struct RawFailure(RuleText? Rule, PathFrame? At, object? Value, string? Thrown, Walk? Branch);
