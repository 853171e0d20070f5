using System.Text.RegularExpressions;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>A rule in code as a row breaks it.</summary>
/// <param name="Path">Where, as failures have it; empty for the row as a whole.</param>
/// <param name="Code">Which rule, as programs know it.</param>
/// <param name="Message">What is wrong, for people; it may have a value in it.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.found-rule")]
internal sealed partial record FoundRule([property: Id(0)] string Path, [property: Id(1)] string Code, [property: Id(2)] string Message)
{
    /// <summary>As reports speak of it.</summary>
    public TableRule ToRule() => new(-1, ColumnOf(Path), Code, Message);

    /// <summary>As it is counted: the elements of a collection together.</summary>
    public TableRule ToCounted() => new(-1, ColumnOf(WithoutIndexes(Path)), Code, Message);

    /// <summary>The path of all elements: <c>items.price</c> for <c>items[3].price</c>.</summary>
    public static string WithoutIndexes(string path) => path.Contains('[', StringComparison.Ordinal) ? Indexes().Replace(path, "") : path;

    private static string? ColumnOf(string path) => path.Length == 0 ? null : path;

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Indexes();
}
