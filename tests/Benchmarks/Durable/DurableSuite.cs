using Armature.Batching;
using Armature.Hosting;
using Armature.Testing.Redis;

namespace Armature.Benchmarks;

/// <summary>What it costs that a batch survives its process: the same items, plain and durable, in turn.</summary>
internal static class DurableSuite
{
    private const int Rounds = 5;

    private static readonly int[] Items = [.. Enumerable.Repeat(1, 100_000)];

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var redis = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile);
        return
        [
            await CompareAsync("durable-sqlite", "SQLite files in the data folder", static _ => { }),
            await CompareAsync("durable-redis", "Redis with an append-only file", options => options.Redis.ConnectionString = redis.ConnectionString),
        ];
    }

    private static async Task<BenchmarkCase> CompareAsync(string name, string where, Action<ArmatureOptions> options)
    {
        await using var silo = await BenchmarkSilo.StartAsync(services => services.AddBatchHandler<Waiting>("waiting"), options);
        var (plain, durable) = await Measure.InTurnAsync(
            Rounds,
            () => RunAsync(silo.Client, new()),
            () => RunAsync(silo.Client, new() { Durable = true }));
        return new(name, "the same batch, not durable", plain, durable, null, Rounds, $"100,000 items of 1 ms, records in {where}; at least 0.9");
    }

    private static async Task RunAsync(ArmatureClient client, BatchOptions options)
    {
        var result = await client.Batches.RunAsync<int, int>("waiting", Items, options);
        if (result.Failed > 0)
        {
            throw new InvalidOperationException($"{result.Failed:N0} items failed.");
        }
    }
}
