using System.Globalization;
using System.Text;
using Armature.Validation.Tables;
using CsCheck;

namespace Armature.Validation.Files;

/// <summary>A random table with its file, and what an obvious loop over its rows says of it.</summary>
internal sealed record RandomTable(RandomRow[] Rows)
{
    private const int MaxText = 3;

    public static TableSchema Schema { get; } = TableSchema.Parse("""
        {
          "fields": [
            { "name": "id", "type": "string", "constraints": { "required": true, "unique": true } },
            { "name": "text", "type": "string", "constraints": { "maxLength": 3 } },
            { "name": "parent", "type": "string" }
          ],
          "uniqueKeys": [["text", "parent"]],
          "foreignKeys": [{ "fields": "parent", "reference": { "resource": "", "fields": "id" } }],
          "missingValues": [""]
        }
        """);

    public static Gen<RandomTable> Gen { get; } = RandomRow.Gen.Array[0, 40].Select(static rows => new RandomTable(rows));

    public byte[] ToFile() => Encoding.UTF8.GetBytes($"id,text,parent\n{string.Concat(Rows.Select(static row => row.ToText()))}");

    /// <summary>Each failure as row, line, column and code, with the value and the first row, in order.</summary>
    public IReadOnlyList<string> Expected()
    {
        var failures = new List<string>();
        var line = 2;
        foreach (var (i, row) in Rows.Index())
        {
            line += row.BlankLines;
            foreach (var failure in FailuresOf(i))
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{i + 2}|{line}|{failure}"));
            }

            line += row.Lines;
        }

        return failures;
    }

    private IEnumerable<string> FailuresOf(int i)
    {
        var row = Rows[i];
        if (row.Cells is not [var id, var text, var parent])
        {
            yield return "|cell_count||";
            yield break;
        }

        if (id.Length == 0)
        {
            yield return "id|required||";
        }

        if (id.Length > 0 && First(other => other[0] == id) is var first && first < i)
        {
            yield return $"id|unique|{id}|{first + 2}";
        }

        if (text.Length > MaxText)
        {
            yield return $"text|max_length|{text}|";
        }

        if (text.Length > 0 && parent.Length > 0 && First(other => other[1] == text && other[2] == parent) is var same && same < i)
        {
            yield return $"text, parent|unique_key|{text}, {parent}|{same + 2}";
        }

        if (parent.Length > 0 && First(other => other[0] == parent) == Rows.Length)
        {
            yield return $"parent|foreign_key|{parent}|";
        }
    }

    private int First(Func<string[], bool> isIt)
    {
        var found = Array.FindIndex(Rows, row => row.Cells.Length == 3 && isIt(row.Cells));
        return found < 0 ? Rows.Length : found;
    }
}
