using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>The cache in the silo's own process with Redis behind it: what that costs reads from memory, and writes, which Redis has when the call returns.</summary>
internal static class TierCases
{
    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await using var alone = await BenchmarkSilo.StartAsync(static _ => { });
        await using var tiered = await BenchmarkSilo.StartAsync(static _ => { }, options =>
        {
            options.Caching.Redis.Enabled = true;
            options.Caching.Redis.ConnectionString = server.ConnectionString;
        });
        var without = new CacheLoad(alone.Client.Cache("few"), redis.GetDatabase(), count: 100, valueBytes: 100);
        var with = new CacheLoad(tiered.Client.Cache("few"), redis.GetDatabase(), count: 100, valueBytes: 100);
        await without.SetAsync();
        await with.SetAsync();
        return
        [
            await InProcessCases.CompareAsync("get-100-redis-behind", "the same without Redis", 2_000, without.GetAsync, with.GetAsync, "100 keys with 100 B, all in memory"),
            await InProcessCases.CompareAsync("set-100-redis-behind", "SETs in a pipeline", 200, with.SetInRedisAsync, with.SetAsync, "100 keys with 100 B; Redis has them when the call returns"),
        ];
    }
}
