using CsCheck;

namespace Armature.Validation.Files;

/// <summary>A row of a random file: its cells, and blank lines before it.</summary>
internal sealed record RandomRow(string[] Cells, int BlankLines, bool IsQuoted)
{
    private static readonly Gen<string> GenKey = OneOf("", "a", "b", "c", "d", "é", "x y", "1\n2");

    public static Gen<RandomRow> Gen { get; } =
        from id in CsCheck.Gen.OneOf(GenKey, CsCheck.Gen.Int[0, 60].Select(static number => $"id{number}"))
        from text in OneOf("", "abc", "abcd", "\"q\"", "a\nb", "äöü", "äöüß")
        from parent in GenKey
        from cells in CsCheck.Gen.Frequency((12, CsCheck.Gen.Const(3)), (1, CsCheck.Gen.Int[1, 4]))
        from blank in CsCheck.Gen.Frequency((10, CsCheck.Gen.Const(0)), (1, CsCheck.Gen.Int[1, 2]))
        from isQuoted in CsCheck.Gen.Bool
        select new RandomRow([.. new[] { id.Length == 0 && cells == 1 ? "a" : id, text, parent, "more" }.Take(cells)], blank, isQuoted);

    /// <summary>Lines that the row takes.</summary>
    public int Lines => 1 + Cells.Sum(static cell => cell.Count(static character => character == '\n'));

    public string ToText() => $"{new string('\n', BlankLines)}{string.Join(',', Cells.Select(Written))}\n";

    private static Gen<string> OneOf(params string[] texts) => CsCheck.Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private string Written(string cell) =>
        IsQuoted || cell.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
