using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Armature.Reporting;

/// <summary>Writes the parts that all reports share.</summary>
internal static class ReportWriter
{
    private const int ListedFailures = 20;

    // A row is one line, however narrow the terminal is: an id that is broken in two can be neither copied nor searched for.
    private const int TableWidth = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The document goes to a program and not into a web page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes one JSON document.</summary>
    public static void WriteJson<TReport>(TextWriter writer, TReport report) => writer.WriteLine(JsonSerializer.Serialize(report, Json));

    /// <summary>Writes a table, each row on one line.</summary>
    public static void WriteTable(TextWriter writer, Table table)
    {
        var output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        output.Profile.Width = TableWidth;
        output.Write(table);
    }

    /// <summary>Lists the first failures with their reasons and counts the rest.</summary>
    public static void WriteFailures(TextWriter writer, IReadOnlyList<FailedItem> failed)
    {
        foreach (var item in failed.Take(ListedFailures))
        {
            writer.WriteLine($"  failed: {item.Item}: {item.Code}: {item.Message}");
        }

        if (failed.Count > ListedFailures)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {failed.Count - ListedFailures:N0} more; --json lists all of them"));
        }
    }
}
