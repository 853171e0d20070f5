using Armature.Clustering;
using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Storage;

public sealed class RedisPersistenceCheckTests
{
    private readonly CollectedLog<RedisPersistenceCheck> _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckAsync_EveryWriteIsKept_SaysNothing()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, Cancellation);

        await CheckAsync(server);

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckAsync_NoAppendOnlyFileAndEviction_WarnsOfBothInOneLine()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancellation);

        await CheckAsync(server, "maxmemory 100mb", "maxmemory-policy allkeys-lru");

        var line = _log.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("Warning: Redis may lose the records");
        line.ShouldContain("set appendonly yes");
        line.ShouldContain("allkeys-lru");
        line.ShouldContain("set maxmemory-policy noeviction");
    }

    [Fact]
    public async Task CheckAsync_NothingIsSynced_Warns()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, Cancellation);

        await CheckAsync(server, "appendfsync no");

        _log.Lines.ShouldHaveSingleItem().ShouldContain("set appendfsync everysec or always");
    }

    [Fact]
    public async Task CheckAsync_PolicyWithoutLimitOrForKeysThatExpire_SaysNothing()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, Cancellation);

        await CheckAsync(server, "maxmemory-policy allkeys-lru");
        await CheckAsync(server, "maxmemory 100mb", "maxmemory-policy volatile-lru");

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckAsync_ConfigForbidden_SaysThatItCouldNotBeChecked()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancellation);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "silo", "on", ">secret", "~*", "&*", "+@all", "-config");

        await CheckAsync(server.ConnectionString + ",user=silo,password=secret");

        _log.Lines.ShouldHaveSingleItem().ShouldContain("could not be checked");
    }

    private async Task CheckAsync(RedisServer server, params string[] settings)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        foreach (var setting in settings)
        {
            await connection.GetDatabase().ExecuteAsync("CONFIG", ["SET", .. setting.Split(' ')]);
        }

        await CheckAsync(server.ConnectionString);
    }

    private Task CheckAsync(string connectionString) =>
        new RedisPersistenceCheck(new() { ConnectionString = connectionString }, _log).CheckAsync(Cancellation);
}
