using System.Globalization;
using Armature.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;

namespace Armature.Benchmarks;

/// <summary>How many of a trace's keys are found in a cache with room for a part of them.</summary>
internal static class HitRatioCase
{
    private const int Rounds = 3;
    private const int ValueBytes = 100;
    private const int KeyBytes = 17;

    private static readonly Lazy<KeyTrace> Trace = new();

    public static async Task<BenchmarkCase> RunAsync(string name, double share)
    {
        var room = (int)(KeyTrace.Keys * share);
        var (theirs, found) = (0d, 0d);
        var (baseline, ours) = await Measure.InTurnAsync(
            Rounds, () => Task.Run(() => theirs = PlayTheirs(room)), () => Task.Run(() => found = PlayOurs(room)));
        return new(
            name,
            "BitFaster.Caching ConcurrentLfu",
            baseline,
            ours,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"hit ratio {found:P2} against {theirs:P2}; Zipf(0.99) over {KeyTrace.Keys:N0} keys with scans, room for {room:N0}; within 2 points"));
    }

    private static double PlayTheirs(int room)
    {
        var cache = new ConcurrentLfu<int, byte[]>(1, room, new ForegroundScheduler(), EqualityComparer<int>.Default);
        var hits = 0;
        foreach (var (number, _) in Trace.Value.All)
        {
            if (cache.TryGet(number, out _))
            {
                hits++;
                continue;
            }

            cache.AddOrUpdate(number, new byte[ValueBytes]);
        }

        return (double)hits / Trace.Value.All.Count;
    }

    private static double PlayOurs(int room)
    {
        var versions = 0L;
        var cache = new CacheStore((long)room * (KeyBytes + ValueBytes + SlotTable.EntryOverhead), TimeProvider.System);
        Span<byte> value = stackalloc byte[ValueBytes];
        foreach (var (_, key) in Trace.Value.All)
        {
            if (!cache.TryGet(key, cache.Now, out _))
            {
                cache.Set(cache: 0, key, value, default, ref versions, Expiry.Never, cache.Now);
            }
        }

        return (double)cache.Statistics.Hits / Trace.Value.All.Count;
    }
}
