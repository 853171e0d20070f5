using System.CommandLine.Parsing;

namespace Armature.CommandLine;

/// <summary>Reads the value of an option, or says what is allowed.</summary>
internal static class OptionValue
{
    /// <summary>One of several words.</summary>
    public static T? Choose<T>(ArgumentResult result, string option, Dictionary<string, T> choices)
        where T : struct => choices.TryGetValue(result.Tokens[0].Value, out var choice)
        ? choice
        : Refuse<T?>(result, $"'{result.Tokens[0].Value}' is not known to {option}. Give one of: {string.Join(", ", choices.Keys)}.");

    /// <summary>Notes why a value is refused.</summary>
    /// <returns>Nothing; the error counts.</returns>
    public static T? Refuse<T>(ArgumentResult result, string error)
    {
        result.AddError(error);
        return default;
    }
}
