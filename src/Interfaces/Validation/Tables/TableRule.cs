namespace Armature.Validation.Tables;

/// <summary>One rule of a table, as reports speak of it.</summary>
/// <param name="Column">The column's place in the file, from 0; -1 for a rule of the whole row.</param>
/// <param name="Field">The column's name, or the names of several with <c>, </c> between them; null for a rule of the form of rows.</param>
/// <param name="Code">Which rule, as programs know it.</param>
/// <param name="Message">What is wrong and what is allowed, for people. It has no value of the file in it.</param>
/// <param name="IsSensitive">Whether the value must be in no report.</param>
internal sealed record TableRule(int Column, string? Field, string Code, string Message, bool IsSensitive = false);
