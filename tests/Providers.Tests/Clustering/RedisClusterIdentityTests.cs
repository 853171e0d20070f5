using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Clustering;

public sealed class RedisClusterIdentityTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, TestContext.Current.CancellationToken);
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AgreeAsync_ManyProposalsAtOnce_AllGetTheSame()
    {
        var identity = new RedisClusterIdentity(_redis, "service");

        var agreed = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => identity.AgreeAsync("store", $"value-{i}", CancellationToken.None)));

        agreed.Distinct().ShouldHaveSingleItem().ShouldStartWith("value-");
        (await identity.AgreeAsync("store", "late", CancellationToken.None)).ShouldBe(agreed[0]);
    }

    [Fact]
    public async Task AgreeAsync_OtherNameOrService_IsAnotherMatter()
    {
        var identity = new RedisClusterIdentity(_redis, "service");
        await identity.AgreeAsync("store", "a", CancellationToken.None);

        (await identity.AgreeAsync("other", "b", CancellationToken.None)).ShouldBe("b");
        (await new RedisClusterIdentity(_redis, "other").AgreeAsync("store", "c", CancellationToken.None)).ShouldBe("c");
    }

    [Fact]
    public async Task AgreeAsync_RedisKilledAndStartedAgain_StillKnows()
    {
        await new RedisClusterIdentity(_redis, "service").AgreeAsync("store", "a", CancellationToken.None);

        await _server.KillAsync(TestContext.Current.CancellationToken);
        await _server.RestartAsync(TestContext.Current.CancellationToken);

        await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        (await new RedisClusterIdentity(redis, "service").AgreeAsync("store", "b", CancellationToken.None)).ShouldBe("a");
    }

    [Fact]
    public async Task HowToForget_Done_MakesTheClusterForget()
    {
        var identity = new RedisClusterIdentity(_redis, "service");
        await identity.AgreeAsync("store", "a", CancellationToken.None);
        identity.HowToForget("store").ShouldContain("service/armature/store");

        await _redis.GetDatabase().KeyDeleteAsync("service/armature/store");

        (await identity.AgreeAsync("store", "b", CancellationToken.None)).ShouldBe("b");
    }
}
