using Armature.Testing.Redis;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Armature.Storage;

public sealed class RedisRecordStoreTests(RedisFixture redis) : RecordStoreContract, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task EveryMethod_OtherService_SeesNothingOfIt()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None);

        var other = await CreateAsync();

        (await NamesAsync(other, "")).ShouldBeEmpty();
        (await ReadManyAsync(other, "p", "a")).ShouldBe([null]);
    }

    [Fact]
    public async Task DeletePartitionAsync_LastPartition_LeavesOnlyTheLastEpoch()
    {
        var service = NewService();
        var store = new RedisRecordStore(redis.Redis, service, TimeProvider.System);
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None);

        await store.DeletePartitionAsync("p", epoch, CancellationToken.None);

        var keys = redis.Redis.GetServers()[0].KeysAsync(pattern: $"*{service}*");
        (await keys.Select(key => key.ToString()).ToListAsync()).ShouldBe([$"{{{service}}}/armature/records/last-epoch"]);
    }

    [Fact]
    public async Task CommitAsync_GivenUpAndLateOnItsWay_DoesNotOverwriteALaterOne()
    {
        var service = NewService();
        var late = new RedisRecordStore(redis.Redis, service, TimeProvider.System);
        var epoch = await late.OpenAsync("p", CancellationToken.None);
        var repeated = new RedisRecordStore(redis.Redis, service, new LaterTime());
        await repeated.CommitAsync("p", epoch, [Put("a", "late")], CancellationToken.None);
        await repeated.CommitAsync("p", epoch, [Put("a", "new")], CancellationToken.None);

        var thrown = await Should.ThrowAsync<RecordStoreException>(() => late.CommitAsync("p", epoch, [Put("a", "late")], CancellationToken.None));

        thrown.Message.ShouldContain("a later commit to partition p came first");
        (await ReadManyAsync(late, "p", "a")).ShouldBe(["new"]);
    }

    [Fact]
    public async Task CommitAsync_RedisKilledAmongCommits_HasEverythingAcknowledged()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, TestContext.Current.CancellationToken);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",abortConnect=false,asyncTimeout=1000");
        var store = new RedisRecordStore(connection, "service", TimeProvider.System);
        var acknowledged = new List<string>();
        for (var kill = 0; kill < 3; kill++)
        {
            var epoch = await new RepeatingRecordStore(store).OpenAsync("p", CancellationToken.None);
            var writers = Enumerable.Range(0, 16).Select(writer => CommitUntilFailureAsync(store, epoch, $"{kill}/{writer}")).ToList();
            await Testing.Eventually.BecomesTrueAsync(async () => (await ReadAllAsync(store, "p", $"{kill}/")).Count > 50, "commits are under way");
            await server.KillAsync(TestContext.Current.CancellationToken);
            acknowledged.AddRange((await Task.WhenAll(writers)).SelectMany(keys => keys));
            await server.RestartAsync(TestContext.Current.CancellationToken);
        }

        var found = await ReadAllAsync(new RepeatingRecordStore(store), "p", "");

        acknowledged.Count.ShouldBeGreaterThan(100);
        acknowledged.ShouldAllBe(key => found.ContainsKey(key + "/a") && found.ContainsKey(key + "/b"));
        found.Keys.Where(key => key.EndsWith("/a", StringComparison.Ordinal)).Select(key => key[..^1] + "b").ShouldBeSubsetOf(found.Keys);
    }

    [Fact]
    public async Task ReadAndOpen_RedisFrozen_SayWhatToDoBeforeACallToAGrainEnds()
    {
        var time = new FakeTimeProvider();
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, TestContext.Current.CancellationToken);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",asyncTimeout=600000");
        var store = new RedisRecordStore(connection, "service", time);
        server.Pause();

        Task[] calls = [store.ReadManyAsync("p", ["a"], CancellationToken.None), store.OpenAsync("p", CancellationToken.None)];
        time.Advance(TimeSpan.FromSeconds(4));

        foreach (var call in calls)
        {
            (await Should.ThrowAsync<RecordStoreException>(call)).Message.ShouldContain("Redis did not answer in time. Look at its load");
        }

        server.Resume();
    }

    [Fact]
    public async Task EveryMethod_RedisAway_SaysWhatToDo()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, TestContext.Current.CancellationToken);
        var options = ConfigurationOptions.Parse(server.ConnectionString);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var store = new RedisRecordStore(connection, "service", TimeProvider.System);
        await store.OpenAsync("p", CancellationToken.None);
        await server.KillAsync(TestContext.Current.CancellationToken);

        await ShouldSayAsync(() => store.OpenAsync("p", CancellationToken.None));
        await ShouldSayAsync(() => store.CommitAsync("p", 1, [Put("a", "")], CancellationToken.None));
        await ShouldSayAsync(() => store.ReadManyAsync("p", ["a"], CancellationToken.None));
        await ShouldSayAsync(() => store.DeletePartitionAsync("p", 1, CancellationToken.None));
        await ShouldSayAsync(() => store.ScanAsync("p", "", CancellationToken.None).ToListAsync().AsTask());
        await ShouldSayAsync(() => store.ListPartitionsAsync("", CancellationToken.None).ToListAsync().AsTask());

        async Task ShouldSayAsync(Func<Task> call)
        {
            var thrown = await Should.ThrowAsync<RecordStoreException>(call);
            thrown.Location.ShouldContain($"127.0.0.1:{server.Port}");
            thrown.Message.ShouldMatch("Look whether it runs|Look at its load|Redis could not do it");
        }
    }

    [Fact]
    public async Task CommitAsync_RedisFull_SaysWhatToDoAndChangesNothing()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, TestContext.Current.CancellationToken);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        var store = new RedisRecordStore(connection, "service", TimeProvider.System);
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await connection.GetServers()[0].ConfigSetAsync("maxmemory", "1mb");

        (await Should.ThrowAsync<RecordStoreException>(() => store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None)))
            .Message.ShouldContain("no memory left. Raise its maxmemory");

        await connection.GetServers()[0].ConfigSetAsync("maxmemory", "0");
        (await ReadManyAsync(store, "p", "a")).ShouldBe([null]);
    }

    [Fact]
    public async Task CommitAsync_ScriptsFlushed_GoesOn()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None);

        await redis.Redis.GetServers()[0].ScriptFlushAsync();
        await store.CommitAsync("p", epoch, [Put("a", "2")], CancellationToken.None);

        (await ReadManyAsync(store, "p", "a")).ShouldBe(["2"]);
    }

    protected override Task<IRecordStore> CreateAsync() =>
        Task.FromResult<IRecordStore>(new RedisRecordStore(redis.Redis, NewService(), TimeProvider.System));

    private static string NewService() => $"test-{Guid.NewGuid():N}";

    private static async Task<List<string>> CommitUntilFailureAsync(RedisRecordStore store, long epoch, string prefix)
    {
        var acknowledged = new List<string>();
        try
        {
            while (true)
            {
                var key = $"{prefix}/{acknowledged.Count}";
                await store.CommitAsync("p", epoch, [Put(key + "/a", "1"), Put(key + "/b", "2")], CancellationToken.None);
                acknowledged.Add(key);
            }
        }
        catch (RecordStoreException)
        {
            return acknowledged;
        }
    }

    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromMinutes(1);
    }
}
