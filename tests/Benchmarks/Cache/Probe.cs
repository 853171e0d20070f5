using System.Diagnostics;
using Armature.Caching;

namespace Armature.Benchmarks;

internal static class Probe
{
    public static async Task<int> RunAsync(string[] args)
    {
        var warm = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
        if (args.Contains("inproc")) { BenchmarkReport.Print("cache", await InProcessCases.RunAsync()); return 0; }
        if (args.Contains("hit")) { BenchmarkReport.Print("cache", [await HitRatioCase.RunAsync("hit-ratio-1", 0.01), await HitRatioCase.RunAsync("hit-ratio-10", 0.1)]); return 0; }
        if (args.Contains("million")) { BenchmarkReport.Print("cache", [await MillionEntriesCase.RunAsync()]); return 0; }
        if (args.Contains("external")) { BenchmarkReport.Print("cache", await ExternalCases.RunAsync()); return 0; }
        if (args.Contains("tier")) { BenchmarkReport.Print("cache", await TierCases.RunAsync()); return 0; }
        if (args.Contains("stampede")) { BenchmarkReport.Print("cache", [await PackingCase.RunAsync(), await StampedeCase.RunAsync()]); return 0; }
        var full = args.Contains("full");
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { }, options => options.Caching.MaxBytes = full ? 128L << 20 : 256L << 20);
        if (full)
        {
            var filler = silo.Client.Cache("filler");
            for (var i = 0; i < 8; i++)
            {
                await filler.SetManyAsync([.. Enumerable.Range(i * 10_000, 10_000).Select(n => KeyValuePair.Create<string, ReadOnlyMemory<byte>>($"f:{n}", new byte[1_000]))]);
            }
        }

        var few = new CacheLoad(silo.Client.Cache("few"), null!, 100, 100);
        await few.SetAsync();
        var many = new CacheLoad(silo.Client.Cache("many"), null!, 10_000, 1_000);
        await many.SetAsync();
        if (args.Contains("hold"))
        {
            Console.WriteLine($"pid {Environment.ProcessId}");
            for (var s = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(s).TotalSeconds < warm;) { await many.GetAsync(); }
            return 0;
        }

        await TimeAsync("get-10000", 200, warm, many.GetAsync);
        await ColdAsync(many.GetAsync);
        await TimeAsync("get-100", 10_000, 5, few.GetAsync);
        if (args.Contains("set"))
        {
            await TimeAsync("set-10000", 20, 5, many.SetAsync);
            await TimeAsync("set-100", 2000, 5, few.SetAsync);
        }

        return 0;
    }

    private static async Task ColdAsync(Func<Task> call)
    {
        var junk = new byte[128 << 20];
        var sums = new double[20];
        var totals = new List<double>();
        var gcs = 0;
        for (var r = 0; r < 41; r++)
        {
            GC.Collect();
            for (var i = 0; i < junk.Length; i += 64) { junk[i]++; }
            var g = GC.CollectionCount(0);
            var t0 = Stopwatch.GetTimestamp();
            for (var i = 0; i < 20; i++)
            {
                var s = Stopwatch.GetTimestamp();
                await call();
                sums[i] += Stopwatch.GetElapsedTime(s).TotalMicroseconds / 41;
            }

            totals.Add(Stopwatch.GetElapsedTime(t0).TotalMicroseconds / 20);
            gcs += GC.CollectionCount(0) - g;
        }

        totals.Sort();
        Console.WriteLine($"cold20 median {totals[20]:F1} us; gcs {gcs}; calls {string.Join(' ', sums.Select(x => x.ToString("F0", System.Globalization.CultureInfo.InvariantCulture)))}");
    }

    private static async Task TimeAsync(string name, int calls, int warm, Func<Task> call)
    {
        for (var s = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(s).TotalSeconds < warm;) { await call(); }
        var times = new List<double>();
        for (var r = 0; r < 15; r++)
        {
            GC.Collect();
            var s = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) { await call(); }
            times.Add(Stopwatch.GetElapsedTime(s).TotalMicroseconds / calls);
        }

        times.Sort();
        Console.WriteLine($"{name} median {times[7]:F1} us min {times[0]:F1} max {times[^1]:F1}");
    }
}
