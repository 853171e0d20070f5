using System.Globalization;
using Armature.Validation.Files;

namespace Armature.Benchmarks;

/// <summary>Files through an embedded silo, warm: the times of the first run are in the notes.</summary>
internal static class FileCases
{
    private const int Rows = 1_000_000;
    private const int Rounds = 7;

    // Until the runtime has compiled both sides for the last time: ours gains up to then, for 10 to 20 seconds.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() => [.. await AsDeployedAsync(), .. await OnAllCoresAsync(), await GrowthAsync()];

    /// <summary>As a silo is deployed: all cores but one check rows. Reading the file has a thread of the pool beside them, which the peers have not.</summary>
    private static async Task<IReadOnlyList<BenchmarkCase>> AsDeployedAsync()
    {
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { });
        return
        [
            await PeerAsync(silo, 0, "", atLeast: 5),
            await PeerAsync(silo, 1, "", atLeast: 5),
            await PeerAsync(silo, 100, "", atLeast: 10),
            await PlainLoopAsync(silo, ""),
            await TableschemaAsync(silo),
        ];
    }

    /// <summary>With as many threads as there are cores, on both sides.</summary>
    private static async Task<IReadOnlyList<BenchmarkCase>> OnAllCoresAsync()
    {
        const string suffix = "-all-cores";
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { }, static options => options.CpuThreads = Environment.ProcessorCount);
        return
        [
            await PeerAsync(silo, 0, suffix, atLeast: 5),
            await PeerAsync(silo, 100, suffix, atLeast: 10),
            await PlainLoopAsync(silo, suffix),
        ];
    }

    /// <summary>Against CsvHelper and FluentValidation, on as many threads.</summary>
    private static async Task<BenchmarkCase> PeerAsync(BenchmarkSilo silo, int badPercent, string suffix, int atLeast)
    {
        using var data = FileData.Create(Rows, badPercent);
        var loop = new PeerFileLoop(data.Path, Rows);
        var cold = await Measure.TimeAsync(OursAsync);
        var coldPeer = await Measure.TimeAsync(LoopAsync);
        await Measure.WarmUpAsync(WarmUp, LoopAsync, OursAsync);
        var (theirs, ours) = await Measure.InTurnAsync(Rounds, LoopAsync, OursAsync);
        return new(
            $"file-vs-csvhelper-fluentvalidation-{badPercent}{suffix}", $"CsvHelper 34 and FluentValidation, threads: {silo.Options.CpuThreads}", theirs, ours, null, Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Speeds(theirs, ours)}; first run in the process {cold:F0} ms against {coldPeer:F0}; at least {atLeast}"));

        async Task LoopAsync() => Check(data, await loop.RunAsync(silo.Options.CpuThreads));

        Task OursAsync() => CheckAsync(silo, data);
    }

    /// <summary>Against a loop written by hand for this one file, on as many threads.</summary>
    private static async Task<BenchmarkCase> PlainLoopAsync(BenchmarkSilo silo, string suffix)
    {
        using var data = FileData.Create(Rows, badPercent: 1);
        var loop = new PlainFileLoop(data.Path, Rows);
        await Measure.WarmUpAsync(WarmUp, LoopAsync, OursAsync);
        var (theirs, ours) = await Measure.InTurnAsync(Rounds, LoopAsync, OursAsync);
        return new(
            $"file-vs-plain-loop{suffix}", $"a loop written by hand, threads: {silo.Options.CpuThreads}", theirs, ours, 1, Rounds, $"{Speeds(theirs, ours)}, 1 % bad; at least 0.85");

        async Task LoopAsync() => Check(data, await loop.RunAsync(silo.Options.CpuThreads));

        Task OursAsync() => CheckAsync(silo, data);
    }

    /// <summary>Against npm's tableschema, which runs on one thread.</summary>
    private static async Task<BenchmarkCase> TableschemaAsync(BenchmarkSilo silo)
    {
        const int rows = 100_000;
        using var data = FileData.Create(rows, badPercent: 1);
        var schema = Path.Combine(Path.GetDirectoryName(data.Path)!, "schema.json");
        await File.WriteAllTextAsync(schema, FileData.Schema.ToJson());
        await using var node = await NodeLoop.StartAsync("Validation/Tableschema", silo.Options.CpuThreads, data.Path, schema);
        await Measure.WarmUpAsync(WarmUp, LoopAsync, OursAsync);
        var (theirs, ours) = await Measure.InTurnAsync(5, LoopAsync, OursAsync);
        return new(
            "file-vs-tableschema", "npm tableschema 1.12.6", theirs, ours, null, 5,
            string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, 1 % bad; {rows / ours / 1_000:F1} million a second against {rows / theirs / 1_000:F2}; at least 50"));

        async Task LoopAsync() => Check(data, long.Parse(await node.RunAsync(), CultureInfo.InvariantCulture));

        Task OursAsync() => CheckAsync(silo, data);
    }

    /// <summary>Ten times the rows, each size in a process of its own: time and peak memory.</summary>
    private static async Task<BenchmarkCase> GrowthAsync()
    {
        using var one = FileData.Create(Rows, badPercent: 1);
        using var ten = FileData.Create(10 * Rows, badPercent: 1);
        using var good = FileData.Create(Rows, badPercent: 0);
        using var bad = FileData.Create(Rows, badPercent: 100);
        var small = await FileProcess.StartAsync(one.Path);
        var large = await FileProcess.StartAsync(ten.Path);
        var clean = await FileProcess.StartAsync(good.Path);
        var broken = await FileProcess.StartAsync(bad.Path);
        return new(
            "file-growth", "10 times the time of a tenth of the rows", 10 * small.Milliseconds, large.Milliseconds, 1, FileProcess.Rounds,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{10 * Rows:N0} rows take {large.Milliseconds / small.Milliseconds:F1} times as long as {Rows:N0} (at most 11); peak memory {small.PeakMiB:N0} and {large.PeakMiB:N0} MiB (under 400); 100 % bad takes {broken.Milliseconds / clean.Milliseconds:F2} times as long as 0 % (at most 2)"));
    }

    private static async Task CheckAsync(BenchmarkSilo silo, FileData data) =>
        Check(data, (await silo.Client.Validation.ValidateFileAsync(data.Path, FileData.Schema)).FailureCount);

    private static string Speeds(double theirs, double ours) =>
        string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows; {Rows / ours / 1_000:F1} million a second against {Rows / theirs / 1_000:F1}");

    private static void Check(FileData data, long failures)
    {
        if (failures != 2 * data.BadRows)
        {
            throw new InvalidOperationException($"{failures:N0} failures were counted; the file has {2 * data.BadRows:N0}.");
        }
    }
}
