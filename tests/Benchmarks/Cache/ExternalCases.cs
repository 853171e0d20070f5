using System.Globalization;
using Armature.Caching;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>Raw bytes from a client outside, on one silo and on three: against Redis, and against calls that only carry the bytes.</summary>
internal static class ExternalCases
{
    private const int Rounds = 9;
    private const int Calls = 500;
    private const int ManyCalls = 20;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() => [.. await RunAsync(1), .. await RunAsync(3)];

    private static async Task<IReadOnlyList<BenchmarkCase>> RunAsync(int silos)
    {
        await using var cluster = await BenchmarkCluster.StartAsync([.. Enumerable.Repeat(1, silos)]);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis);
        var small = await FillAsync(cluster, redis, count: 100, valueBytes: 100);
        var versusFloor = await VersusFloorAsync(cluster, small, silos);
        if (silos == 1)
        {
            return
            [
                versusFloor,
                await NearCase.RunAsync(cluster, redis.GetDatabase()),
                await GuideAsync(small, "guide-get-100", 10, small.GetAsync),
                await GuideAsync(small, "guide-set-100", 12, small.SetAsync),
            ];
        }

        var large = await FillAsync(cluster, redis, count: 10_000, valueBytes: 1_000);
        return [versusFloor, await ManyAsync(large, await FloorRoad.FindAsync(cluster.Grains, silos, large.KeyBytes, large.ValueBytes))];
    }

    private static async Task<CacheLoad> FillAsync(BenchmarkCluster cluster, ConnectionMultiplexer redis, int count, int valueBytes)
    {
        var load = new CacheLoad(cluster.Client.Cache($"load-{count}"), redis.GetDatabase(), count, valueBytes);
        await load.SetAsync();
        await load.SetInRedisAsync();
        return load;
    }

    private static async Task<BenchmarkCase> VersusFloorAsync(BenchmarkCluster cluster, CacheLoad load, int silos)
    {
        var road = await FloorRoad.FindAsync(cluster.Grains, silos, load.KeyBytes, load.ValueBytes);
        await Measure.WarmUpAsync(() => RepeatAsync(load.GetAsync), () => RepeatAsync(road.GoStraightAsync), () => RepeatAsync(road.GoThroughOneAsync), () => RepeatAsync(load.GetFromRedisAsync));
        var (floor, ours) = await Measure.InTurnAsync(Rounds, () => RepeatAsync(road.GoStraightAsync), () => RepeatAsync(load.GetAsync));
        var through = await Measure.MedianAsync(Rounds, () => RepeatAsync(road.GoThroughOneAsync));
        var redis = await Measure.MedianAsync(Rounds, () => RepeatAsync(load.GetFromRedisAsync));
        return new(
            $"get-100-external-{silos}-vs-floor",
            "Orleans calls that carry the same bytes by the same road",
            floor,
            ours,
            1,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Calls} calls of 100 keys with 100 B, {ours * 1_000 / Calls:F0} µs each; at least {(silos == 1 ? 0.8 : 0.7)}; through one silo to the others {through * 1_000 / Calls:F0} µs; MGET {redis * 1_000 / Calls:F0} µs, ratio {redis / ours:F2}"));
    }

    private static async Task<BenchmarkCase> ManyAsync(CacheLoad load, FloorRoad road)
    {
        await Measure.WarmUpAsync(load.GetFromRedisAsync, load.GetAsync, road.GoStraightAsync);
        var (redis, ours) = await Measure.InTurnAsync(Rounds, () => RepeatAsync(load.GetFromRedisAsync, ManyCalls), () => RepeatAsync(load.GetAsync, ManyCalls));
        var floor = await Measure.MedianAsync(Rounds, () => RepeatAsync(road.GoStraightAsync, ManyCalls));
        return new(
            "get-10000-external-3",
            "MGET",
            redis,
            ours,
            redis / floor,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{ManyCalls} calls of 10,000 keys with 1 KB, {ours / ManyCalls:F1} ms each against {redis / ManyCalls:F1}; Orleans calls that carry the same bytes {floor / ManyCalls:F1} ms, which is the limit; at least 3"));
    }

    private static async Task<BenchmarkCase> GuideAsync(CacheLoad load, string name, int milliseconds, Func<Task> call)
    {
        var delay = TimeSpan.FromMilliseconds(milliseconds);
        var baseline = await Measure.TimeAsync(async () =>
        {
            for (var i = 0; i < load.Count; i++)
            {
                await Task.Delay(delay, TimeProvider.System, CancellationToken.None);
            }
        });
        var ours = await Measure.MedianAsync(Rounds, async () =>
        {
            await Task.Delay(delay, TimeProvider.System, CancellationToken.None);
            await call();
        });
        return new(name, "one key after the other, once", baseline, ours, load.Count, Rounds, $"100 keys, {milliseconds} ms a round trip, and our call on top; the guide's 67 times");
    }

    private static async Task RepeatAsync(Func<Task> call, int calls = Calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await call();
        }
    }
}
