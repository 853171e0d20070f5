using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace Armature.Caching;

public sealed class CacheDoorFeedTests
{
    private readonly FakeDoors _doors = new(new DictionaryCacheRoute(new FakeTimeProvider()));

    [Fact]
    public async Task ReadAsync_DoorDoesNotAnswer_TheNextOneIsAsked()
    {
        var feed = new CacheDoorFeed(number => _doors[number]);
        (await ReadAsync(feed)).ShouldBe(0);
        (await ReadAsync(feed)).ShouldBe(0);

        _doors.Dead[0] = true;
        _doors.Dead[1] = true;
        await Should.ThrowAsync<SiloUnavailableException>(() => ReadAsync(feed));
        await Should.ThrowAsync<SiloUnavailableException>(() => ReadAsync(feed));

        (await ReadAsync(feed)).ShouldBe(2);
        (await ReadAsync(feed)).ShouldBe(2);
    }

    [Fact]
    public async Task ReadAsync_AllDoorsWereAsked_BeginsAnew()
    {
        var feed = new CacheDoorFeed(number => _doors[number]);
        Enumerable.Range(0, 3).ToList().ForEach(silo => _doors.Dead[silo] = true);
        for (var i = 0; i < CacheDoorRoute.Doors; i++)
        {
            await Should.ThrowAsync<SiloUnavailableException>(() => ReadAsync(feed));
        }

        _doors.Dead.Clear();
        (await ReadAsync(feed)).ShouldBe(0);
    }

    private static async Task<long> ReadAsync(CacheDoorFeed feed) =>
        (await feed.ReadAsync(ImmutableDictionary<SiloAddress, long>.Empty, TestContext.Current.CancellationToken)).Single().Position;
}
