using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Armature.Reporting;

/// <summary>Writes the parts that all reports share.</summary>
internal static class ReportWriter
{
    private const int ListedFailures = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The document goes to a program and not into a web page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one JSON document.</summary>
    public static void WriteJson<TReport>(TextWriter writer, TReport report) => writer.WriteLine(JsonSerializer.Serialize(report, Json));

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
