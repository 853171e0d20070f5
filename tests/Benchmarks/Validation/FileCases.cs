using System.Globalization;
using Armature.Validation.Files;

namespace Armature.Benchmarks;

/// <summary>Files through an embedded silo.</summary>
internal static class FileCases
{
    private const int Rows = 1_000_000;
    private const int Rounds = 7;

    /// <summary>Against a loop written by hand for this one file, on as many threads.</summary>
    public static async Task<BenchmarkCase> PlainLoopAsync(BenchmarkSilo silo)
    {
        using var data = FileData.Create(Rows, badPercent: 1);
        var loop = new PlainFileLoop(data.Path, Rows);
        var threads = silo.Options.CpuThreads;
        await Measure.WarmUpAsync(LoopAsync, OursAsync);
        var (theirs, ours) = await Measure.InTurnAsync(Rounds, LoopAsync, OursAsync);
        return new(
            "file-vs-plain-loop", $"a loop written by hand, {threads} threads", theirs, ours, 1, Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows, 1 % bad; {Rows / ours / 1_000:F1} million rows a second against {Rows / theirs / 1_000:F1}"));

        async Task LoopAsync() => Check(data, await loop.RunAsync(threads));

        async Task OursAsync() { var r = await silo.Client.Validation.ValidateFileAsync(data.Path, FileData.Schema); if (r.FailureCount != 2*data.BadRows) Console.WriteLine($"{r} {r.Fault}"); }
    }

    private static void Check(FileData data, long failures)
    {
        if (failures != 2 * data.BadRows)
        {
            throw new InvalidOperationException($"{failures:N0} failures were counted; the file has {2 * data.BadRows:N0}.");
        }
    }
}
