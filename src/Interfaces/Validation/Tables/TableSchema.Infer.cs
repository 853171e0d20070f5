using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Armature.Validation.Tables;

// Schemas from samples.
public sealed partial class TableSchema
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Makes a schema that a sample keeps: a beginning to be read and changed by a person. A column has the first of these types that all
    /// its values have: integer, number, boolean, date, time, datetime, and string, with the format uuid, email or uri if all have it. It
    /// is required when none of its cells was empty. Values that could be names or numbers of something, such as 007 or +49, are strings.
    /// </summary>
    /// <param name="header">The columns' names.</param>
    /// <param name="rows">The cells of some rows; rows that have not as many cells as there are columns are left out.</param>
    /// <exception cref="TableSchemaException">There are no columns, or more than <see cref="MaxFields"/>.</exception>
    public static TableSchema Infer(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        var columns = header.Select(static _ => new ColumnGuess()).ToArray();
        foreach (var row in rows.Where(row => row.Count == columns.Length))
        {
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column].Add(Encoding.UTF8.GetBytes(row[column]));
            }
        }

        return Parse(Write(header, columns));
    }

    private static byte[] Write(IReadOnlyList<string> header, ColumnGuess[] columns)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Pretty))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
            writer.WriteStartArray("fields");
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column].Write(header[column], writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
