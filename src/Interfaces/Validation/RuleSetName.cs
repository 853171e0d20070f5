using Armature.Batching;

namespace Armature.Validation;

/// <summary>Names of rules that are registered on silos: those of the batch handlers that check by them.</summary>
public static class RuleSetName
{
    /// <summary>What the name of such a handler begins with: <c>validate.</c>.</summary>
    public const string Prefix = "validate.";

    /// <summary>The batch handler of some rules.</summary>
    /// <exception cref="ArgumentException">It is no name: 1 to 119 characters of a-z, A-Z, 0-9, '-', '_' and '.', the last not '.'.</exception>
    public static string ToHandler(string rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(rules);
        var handler = Prefix + rules;
        BatchName.ThrowIfInvalid(handler);
        return handler;
    }
}
