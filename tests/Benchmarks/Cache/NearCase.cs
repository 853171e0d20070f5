using System.Globalization;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>Raw bytes from the copies that a client outside keeps, against Redis on this machine.</summary>
internal static class NearCase
{
    private const int Rounds = 9;
    private const int Calls = 2_000;

    public static async Task<BenchmarkCase> RunAsync(BenchmarkCluster cluster, IDatabase redis)
    {
        var load = new CacheLoad(cluster.Client.Cache("near", near: new()), redis, count: 100, valueBytes: 100);
        await load.SetAsync();
        await load.SetInRedisAsync();
        await Measure.WarmUpAsync(() => RepeatAsync(load.GetAsync), () => RepeatAsync(load.GetFromRedisAsync));
        var (mget, ours) = await Measure.InTurnAsync(Rounds, () => RepeatAsync(load.GetFromRedisAsync), () => RepeatAsync(load.GetAsync));
        return new(
            "get-100-near",
            "MGET",
            mget,
            ours,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Calls} calls of 100 keys with 100 B, {ours * 1_000 / Calls:F1} µs each against {mget * 1_000 / Calls:F1}; at least 15"));
    }

    private static async Task RepeatAsync(Func<Task> call)
    {
        for (var i = 0; i < Calls; i++)
        {
            await call();
        }
    }
}
