using System.Globalization;
using Armature.Caching;

namespace Armature.Benchmarks;

/// <summary>What the client adds to a call of 100 keys: it checks and packs them, and unpacks the answer. The route answers at once.</summary>
internal static class PackingCase
{
    private const int Keys = 100;
    private const int Calls = 100_000;
    private const int Rounds = 5;

    public static async Task<BenchmarkCase> RunAsync()
    {
        var cache = new CacheClient<ReadOnlyMemory<byte>>("cache", new ReadyRoute(), RawCacheSerializer.Instance);
        var keys = Enumerable.Range(0, Keys).Select(i => $"user:{i:D12}").ToArray();
        var ours = await Measure.MedianAsync(Rounds, async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                await cache.GetManyAsync(keys);
            }
        });
        return new(
            "cache-packing-100",
            "none",
            null,
            ours,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Calls:N0} calls of {Keys} keys: {ours * 1_000 / Calls:F2} µs a call in the client"));
    }

    private sealed class ReadyRoute : ICacheRoute
    {
        private static readonly CacheReply Reply = new()
        {
            Outcomes = [.. Enumerable.Repeat(CacheOutcome.Done, Keys)],
            Values = new([.. Enumerable.Repeat(new ReadOnlyMemory<byte>(new byte[100]), Keys)]),
            Versions = new long[Keys],
        };

        public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken) => new(Reply);
    }
}
