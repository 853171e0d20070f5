namespace Armature.Terminal;

/// <summary>Text that comes from files and caches, as it is shown: it must not steer the terminal.</summary>
internal static class VisibleText
{
    /// <summary>The text on one line, with control characters written as in JSON.</summary>
    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(static character => char.IsControl(character) ? $"\\u{(int)character:x4}" : $"{character}"))
        : text;

    /// <summary>The same for a message of several lines.</summary>
    public static string OfLines(string text) => string.Join('\n', text.Split('\n').Select(Of));
}
