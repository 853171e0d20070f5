namespace Armature.Validation.Files;

/// <summary>How often a rule is broken in a file.</summary>
/// <param name="Column">The column's name, or those of several with <c>, </c> between them; for rules in code the path, without the places of elements. Null for rows as a whole.</param>
/// <param name="Code">Which rule, as programs know it.</param>
/// <param name="Message">What is wrong and what is allowed, for people; where it has values in it, as the first failure says it.</param>
/// <param name="Count">How often; exact.</param>
public sealed record FileRuleCount(string? Column, string Code, string Message, long Count);
