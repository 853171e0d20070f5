using System.Globalization;
using System.Text;
using Armature.Caching;

namespace Armature.Benchmarks;

/// <summary>A million entries of 100 B: what they take, and how long the collector stops the process while they are held.</summary>
internal static class MillionEntriesCase
{
    private const int Entries = 1_000_000;
    private const int ValueBytes = 100;
    private const int Rounds = 3;

    public static async Task<BenchmarkCase> RunAsync()
    {
        var keys = Enumerable.Range(0, Entries).Select(i => Encoding.UTF8.GetBytes($"user:{i:D12}")).ToArray();
        var (perEntry, pause) = (0d, 0d);
        var fill = await Measure.MedianAsync(Rounds, () => Task.Run(() =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var store = Fill(keys);
            perEntry = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Entries;
            pause = Collect();
            GC.KeepAlive(store);
        }));
        return new(
            "cache-million-entries",
            "none",
            null,
            fill,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"filled and collected; {perEntry:F0} B an entry of {keys[0].Length} B key and {ValueBytes} B value; longest pause of a background collection {pause:F1} ms"));
    }

    private static CacheStore Fill(byte[][] keys)
    {
        var store = new CacheStore(1L << 30, TimeProvider.System);
        var value = new byte[ValueBytes];
        var versions = 0L;
        Parallel.ForEach(keys, key => store.Set(cache: 0, key, value, default, ref versions, Expiry.Never, store.Now));
        return store;
    }

    private static double Collect()
    {
        GC.Collect(2, GCCollectionMode.Default, blocking: false);
        GC.WaitForPendingFinalizers();
        var info = GC.GetGCMemoryInfo(GCKind.Background);
        return info.PauseDurations.ToArray().Max(duration => duration.TotalMilliseconds);
    }
}
