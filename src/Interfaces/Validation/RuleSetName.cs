using Armature.Batching;

namespace Armature.Validation;

/// <summary>Names of rules that are registered on silos: those of the batch handlers that check by them.</summary>
public static class RuleSetName
{
    /// <summary>What the name of such a handler begins with: <c>validate.</c>.</summary>
    public const string Prefix = "validate.";

    private const string FilePrefix = "in-files.";

    /// <summary>The batch handler of some rules.</summary>
    /// <exception cref="ArgumentException">It is no name: 1 to 119 characters of a-z, A-Z, 0-9, '-', '_' and '.', the last not '.'.</exception>
    public static string ToHandler(string rules) => ToHandler(Prefix, rules);

    /// <summary>The batch handler of some rules that checks rows of files.</summary>
    /// <inheritdoc cref="ToHandler(string)" path="/exception"/>
    internal static string ToFileHandler(string rules) => ToHandler(FilePrefix, rules);

    private static string ToHandler(string prefix, string rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(rules);
        var handler = prefix + rules;
        BatchName.ThrowIfInvalid(handler);
        return handler;
    }
}
