using System.Text.RegularExpressions;

namespace Armature.Architecture;

/// <summary>How the files of src are cut.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 300;

    // A file that must be longer, and why. Should stay empty: a file that needs a table of contents is two files.
    private static readonly Dictionary<string, string> LongFiles = new()
    {
    };

    // Extension methods live where their users look for them, without a using.
    private static readonly string[] ForeignNamespaces =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Orleans.Hosting",
    ];

    [Fact]
    public void File_Every_IsShort()
    {
        House.Sources
            .Where(file => file.Lines.Length > MostLines)
            .Select(file => file.Path)
            .Except(LongFiles.Keys)
            .ShouldBeEmpty();
    }

    [Fact]
    public void File_Every_HasTheNamespaceOfItsFolder()
    {
        House.Sources
            .Select(file => (file.Path, Actual: Namespace().Match(file.Text).Groups[1].Value))
            .Where(file => file.Actual.Length > 0 && !ForeignNamespaces.Contains(file.Actual) && file.Actual != NamespaceOf(file.Path))
            .ShouldBeEmpty();
    }

    [Fact]
    public void File_Every_HasOnePublicTypeOfItsName()
    {
        House.Sources
            .Select(file => (file.Path, Types: PublicType().Matches(file.Text).Select(match => match.Groups[1].Value).Distinct().ToArray()))
            .Where(file => file.Types.Length > 1 || file.Types.Any(type => type != NameOf(file.Path)))
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Option_EveryWithARange_SaysItsDefault()
    {
        var silent = House.Sources.SelectMany(file => file.Lines
            .Select((line, number) => (file.Path, Line: line, Number: number))
            .Where(at => Range().IsMatch(at.Line) && !DocAbove(file, at.Number).Contains("<value>", StringComparison.Ordinal))
            .Select(at => $"{at.Path}:{at.Number + 1}"));

        silent.ShouldBeEmpty();
    }

    private static string NamespaceOf(string path) =>
        string.Join('.', ["Armature", .. path.Split('/')[2..^1]]);

    private static string NameOf(string path) => Path.GetFileName(path).Split('.')[0];

    private static string DocAbove(SourceFile file, int line) =>
        string.Join('\n', file.Lines[..line].Reverse().TakeWhile(above => above.TrimStart() is ['/', '/', '/', ..] or ['[', ..]));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*\[(?:\w+(?:\(.*?\))?, )*Range\(")]
    private static partial Regex Range();

    // A type at the left edge: nested types are their outer type's business.
    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly) )*(?:record struct|record class|record|class|struct|interface|enum|delegate [\w<>.?]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
