using System.Collections.Concurrent;
using System.Globalization;
using ZiggyCreatures.Caching.Fusion;

namespace Armature.Benchmarks;

/// <summary>Many callers want overlapping keys that nobody has, from a source that takes a while: ours in the silo's process, and FusionCache, which has no call for many keys.</summary>
internal static class StampedeCase
{
    private const int Callers = 1_000;
    private const int KeysOfACaller = 100;
    private const int FirstKeys = 50;
    private const int Keys = KeysOfACaller + FirstKeys - 1;
    private const int Rounds = 9;

    private static readonly TimeSpan LoadTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);

    private static int _round;

    public static async Task<BenchmarkCase> RunAsync()
    {
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { });
        using var fusion = new FusionCache(new FusionCacheOptions { DefaultEntryOptions = new() { Duration = Ttl } });
        var cache = silo.Client.Cache<string>("stampede");
        var (ours, theirs) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>());
        Task OursAsync() => RunAllAsync(keys => GetAsync(cache, keys, ours));
        Task LoopAsync() => RunAllAsync(keys => GetInALoopAsync(fusion, keys, theirs));
        Task TogetherAsync() => RunAllAsync(keys => Task.WhenAll(keys.Select(key => GetAsync(fusion, key, theirs))));

        await Measure.WarmUpAsync(OursAsync, TogetherAsync);
        var loop = await Measure.MedianAsync(Rounds, LoopAsync);
        var (together, own) = await Measure.InTurnAsync(Rounds, TogetherAsync, OursAsync);
        return new(
            "getorcreate-vs-fusioncache",
            loop < together ? "FusionCache, the keys of a caller one after the other" : "FusionCache, the keys of a caller together (Task.WhenAll)",
            Math.Min(loop, together),
            own,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Callers:N0} callers of {KeysOfACaller} of {Keys} keys, {LoadTime.TotalMilliseconds} ms a load; calls of the factory for a key {CallsOfAKey(ours)}, FusionCache {CallsOfAKey(theirs)}; FusionCache in a loop {loop:F0} ms, together {together:F0} ms"));
    }

    // New keys every time: nobody has them.
    private static Task RunAllAsync(Func<string[], Task> call)
    {
        var round = _round++;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() =>
            call([.. Enumerable.Range(caller % FirstKeys, KeysOfACaller).Select(i => $"user:{round}:{i}")]))));
    }

    private static async Task GetAsync(Caching.CacheClient<string> cache, string[] keys, ConcurrentDictionary<string, int> calls)
    {
        var entries = await cache.GetOrCreateManyAsync(
            keys,
            async (missing, cancellationToken) =>
            {
                Count(calls, missing);
                await Task.Delay(LoadTime, TimeProvider.System, cancellationToken);
                return (IReadOnlyDictionary<string, string>)missing.ToDictionary(key => key, ValueOf);
            },
            new() { Ttl = Ttl });
        Check(keys[^1], entries[^1].Value);
    }

    private static async Task GetInALoopAsync(FusionCache cache, string[] keys, ConcurrentDictionary<string, int> calls)
    {
        foreach (var key in keys)
        {
            await GetAsync(cache, key, calls);
        }
    }

    private static async Task GetAsync(FusionCache cache, string key, ConcurrentDictionary<string, int> calls)
    {
        var value = await cache.GetOrSetAsync<string>(
            key,
            async (_, cancellationToken) =>
            {
                Count(calls, [key]);
                await Task.Delay(LoadTime, TimeProvider.System, cancellationToken);
                return ValueOf(key);
            });
        Check(key, value);
    }

    private static string ValueOf(string key) => $"value of {key}";

    private static void Count(ConcurrentDictionary<string, int> calls, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            calls.AddOrUpdate(key, 1, static (_, count) => count + 1);
        }
    }

    private static void Check(string key, string value)
    {
        if (value != ValueOf(key))
        {
            throw new InvalidOperationException($"The value of {key} is {value}.");
        }
    }

    private static string CallsOfAKey(ConcurrentDictionary<string, int> calls) =>
        calls.Values.Max() is 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"up to {calls.Values.Max()}, {calls.Values.Average():F2} on average");
}
