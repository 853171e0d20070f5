using System.Collections.Immutable;
using Armature.Testing;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace Armature.Caching;

public sealed class CacheDoorRouteTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _asked = [];

    [Fact]
    public async Task CallAsync_SilosDieMeanwhile_AsksAgainThroughOtherDoors()
    {
        var failures = new Queue<Exception>([new SiloUnavailableException("gone"), Unanswered]);

        (await CallAsync(() => failures.TryDequeue(out var failure) ? failure : null))[0].Error.ShouldBeNull();

        _asked.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task CallAsync_NobodyAnswers_SaysWhyInTheEnd()
    {
        var failure = await Should.ThrowAsync<CallUnansweredException>(CallAsync(() => Unanswered));

        failure.Message.ShouldContain("holds the partitions");
        failure.Attempts.ShouldBe(_asked.Count);
    }

    [Fact]
    public async Task CallAsync_RequestIsRefused_DoesNotAskAgain()
    {
        await Should.ThrowAsync<ArgumentException>(CallAsync(() => new ArgumentException("refused")));

        _asked.Count.ShouldBe(1);
    }

    private static CallUnansweredException Unanswered => new(3, TimeSpan.FromSeconds(7), new TimeoutException("No silo holds the partitions of some keys."));

    private async Task<IReadOnlyList<CacheEntry<int>>> CallAsync(Func<Exception?> failure)
    {
        var cache = new CacheClient<int>("cache", new CacheDoorRoute(number => new Door(this, number, failure), _time), new JsonCacheSerializer());
        var calling = cache.GetManyAsync(["a"]).AsTask();
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return calling.IsCompleted;
            },
            "the call ended");
        return await calling;
    }

    private sealed class Door(CacheDoorRouteTests tests, long number, Func<Exception?> failure) : ICacheDoorGrain
    {
        public Task<CacheMap> LocateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<CacheSiloStatistics>> GetStatisticsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<CacheReply> CallAsync(CacheRequest request, SiloAddress? silo, CancellationToken cancellationToken)
        {
            tests._asked.Add(number);
            return failure() is { } exception ? throw exception : await new DictionaryCacheRoute(tests._time).CallAsync(request, cancellationToken);
        }

        public Task<ImmutableArray<CacheChanges>> ReadChangesAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Not asked in these tests.");
    }
}
