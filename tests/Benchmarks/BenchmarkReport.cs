using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Armature.Benchmarks;

/// <summary>Prints a suite as a table, and writes it as JSON.</summary>
internal static class BenchmarkReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Machine =>
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}";

    public static void Print(string suite, IReadOnlyList<BenchmarkCase> cases)
    {
        Console.WriteLine();
        Console.WriteLine($"{suite} on {Machine}");
        Console.WriteLine($"{"case",-34} {"baseline ms",12} {"ours ms",10} {"ratio",7} {"limit",7} {"rounds",6}  note");
        foreach (var row in cases)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-34} {row.BaselineMs,12:F1} {row.OursMs,10:F1} {row.Ratio,7:F2} {row.LimitRatio,7:F2} {row.Rounds,6}  {row.Note}"));
        }
    }

    public static async Task WriteAsync(string suite, IReadOnlyList<BenchmarkCase> cases, string path)
    {
        var document = new
        {
            Suite = suite,
            Machine,
            Cases = cases.Select(row => new { row.Name, row.Baseline, row.BaselineMs, row.OursMs, row.Ratio, row.LimitRatio, row.Rounds, row.Note }),
        };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(document, Json));
    }
}
