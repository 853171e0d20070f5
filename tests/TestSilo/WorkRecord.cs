using System.Globalization;

namespace Armature.TestSilo;

/// <summary>A line of a process's work log.</summary>
/// <param name="Process">The process.</param>
/// <param name="IsStart">True when an item was begun, false when it ended.</param>
/// <param name="Index">The item.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="At">When.</param>
public sealed record WorkRecord(int Process, bool IsStart, int Index, int Attempt, DateTimeOffset At)
{
    /// <summary>What all processes, dead ones too, have written of a batch.</summary>
    public static IReadOnlyList<WorkRecord> ReadAll(string dataFolder, string batchId) =>
    [
        .. Directory.GetFiles(Path.Combine(dataFolder, WorkLog.Folder)).SelectMany(file =>
            ReadLines(file)
                .Select(line => line.Split(' '))
                .Where(words => words.Length == 5 && words[1] == batchId)
                .Select(words => new WorkRecord(
                    Number(Path.GetFileName(file)),
                    words[0] == WorkLog.Start,
                    Number(words[2]),
                    Number(words[3]),
                    DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(words[4], CultureInfo.InvariantCulture))))),
    ];

    private static string[] ReadLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();

        // A line that is being written has no end yet.
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
