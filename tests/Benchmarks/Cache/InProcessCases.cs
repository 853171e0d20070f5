using System.Globalization;
using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>Raw bytes by the client in the silo's own process, against Redis on this machine: MGET, and SETs in a pipeline.</summary>
internal static class InProcessCases
{
    private const int Rounds = 9;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { });
        // Sets first: they write what is read, in Redis under the same keys.
        var few = new CacheLoad(silo.Client.Cache("few"), redis.GetDatabase(), count: 100, valueBytes: 100);
        var setFew = await CompareAsync("set-100-inprocess", "SETs in a pipeline", 2_000, few.SetInRedisAsync, few.SetAsync, "100 keys with 100 B");
        var getFew = await CompareAsync("get-100-inprocess", "MGET", 2_000, few.GetFromRedisAsync, few.GetAsync, "100 keys with 100 B; at least 8", few.GetFromDictionaryAsync);
        var many = new CacheLoad(silo.Client.Cache("many"), redis.GetDatabase(), count: 10_000, valueBytes: 1_000);
        var setMany = await CompareAsync("set-10000-inprocess", "SETs in a pipeline", 20, many.SetInRedisAsync, many.SetAsync, "10,000 keys with 1 KB");
        var getMany = await CompareAsync("get-10000-inprocess", "MGET", 20, many.GetFromRedisAsync, many.GetAsync, "10,000 keys with 1 KB; at least 50", many.GetFromDictionaryAsync);
        return [getFew, getMany, setFew, setMany];
    }

    public static async Task<BenchmarkCase> CompareAsync(string name, string baselineName, int calls, Func<Task> baseline, Func<Task> ours, string note, Func<Task>? limit = null)
    {
        await Measure.WarmUpAsync(() => RepeatAsync(calls, baseline), () => RepeatAsync(calls, ours));
        var (redis, own) = await Measure.InTurnAsync(Rounds, () => RepeatAsync(calls, baseline), () => RepeatAsync(calls, ours));
        var least = limit is null ? (double?)null : await LimitAsync(calls, limit);
        var says = least is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; a ConcurrentDictionary and an array of results {least * 1_000 / calls:F1} µs, taken for the limit");
        return new(name, baselineName, redis, own, redis / least, Rounds, string.Create(CultureInfo.InvariantCulture, $"{calls} calls, {own * 1_000 / calls:F1} µs each against {redis * 1_000 / calls:F1}{says}; {note}"));
    }

    private static async Task<double> LimitAsync(int calls, Func<Task> limit)
    {
        await Measure.WarmUpAsync(() => RepeatAsync(calls, limit));
        return await Measure.MedianAsync(Rounds, () => RepeatAsync(calls, limit));
    }

    private static async Task RepeatAsync(int calls, Func<Task> call)
    {
        for (var i = 0; i < calls; i++)
        {
            await call();
        }
    }
}
