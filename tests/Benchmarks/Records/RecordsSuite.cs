using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>What the record store costs beside its bare libraries: the same records, as durable on both sides.</summary>
internal static class RecordsSuite
{
    private const int Rounds = 9;
    private const int ScanRounds = 5;
    private const int Million = 1_000_000;
    private const int SqliteCommits = 200;
    private const int RedisCommits = 2_000;

    private static readonly RecordLoad Load = new();

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        await SqliteGroupAsync(),
        await SqliteOwnerAsync(),
        await RedisGroupAsync(),
        await SqliteScanAsync(),
        await RedisScanAsync(),
    ];

    private static async Task<BenchmarkCase> SqliteGroupAsync()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteRecordStore.Open(folder.File("ours"));
        var bare = Enumerable.Range(0, SqliteRecordStore.Files).Select(i => new BareSqlite(folder.File($"bare-{i}.db"))).ToArray();
        var partitions = Enumerable.Range(0, RecordLoad.Callers).Select(i => $"queue/{i}").ToArray();
        var epochs = await Task.WhenAll(partitions.Select(partition => store.OpenAsync(partition, CancellationToken.None)));
        var (baseline, ours) = await Measure.InTurnAsync(
            Rounds,
            () => Load.RunAsync(SqliteCommits, (caller, key, value) => bare[caller % bare.Length].PutAsync(caller, key, value)),
            () => Load.RunAsync(SqliteCommits, (caller, key, value) =>
                store.CommitAsync(partitions[caller], epochs[caller], [RecordChange.Put(key, value)], CancellationToken.None)));
        Array.ForEach(bare, file => file.Dispose());
        return Commits("records-sqlite-group", "group commits by hand on 8 files", baseline, ours, SqliteCommits, "64 partitions on 8 files; at least 0.9");
    }

    private static async Task<BenchmarkCase> SqliteOwnerAsync()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteRecordStore.Open(folder.File("ours"));
        using var bare = new BareSqlite(folder.File("bare.db"));
        var owner = await OwnAsync(store);
        var (baseline, ours) = await Measure.InTurnAsync(
            Rounds,
            () => Load.RunAsync(SqliteCommits, (_, key, value) => bare.PutAsync(0, key, value)),
            () => Load.RunAsync(SqliteCommits, (_, key, value) => owner.AddAsync([RecordChange.Put(key, value)], CancellationToken.None)));
        return Commits("records-sqlite-owner", "a group commit by hand on 1 file", baseline, ours, SqliteCommits, "one partition, one owner's group commit");
    }

    private static async Task<BenchmarkCase> RedisGroupAsync()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile);
        await using var redis = await ConnectAsync(server);
        await using var bare = new BareRedis(redis.GetDatabase());
        var owner = await OwnAsync(new RedisRecordStore(redis, "ours", TimeProvider.System));
        var (baseline, ours) = await Measure.InTurnAsync(
            Rounds,
            () => Load.RunAsync(RedisCommits, (_, key, value) => bare.PutAsync(key, value)),
            () => Load.RunAsync(RedisCommits, (_, key, value) => owner.AddAsync([RecordChange.Put(key, value)], CancellationToken.None)));
        return Commits("records-redis-group", "a group commit by hand", baseline, ours, RedisCommits, "append-only file, everysec; at least 0.9");
    }

    private static async Task<BenchmarkCase> SqliteScanAsync()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteRecordStore.Open(folder.File("ours"));
        using var bare = new BareSqlite(folder.File("bare.db"));
        var owner = await OwnAsync(store);
        await FillAsync(owner, (key, value) => bare.PutAsync(0, key, value));
        var (baseline, ours) = await Measure.InTurnAsync(
            ScanRounds, () => ExpectAsync(Task.Run(bare.Scan)), () => ExpectAsync(ScanAsync(store)));
        return new("records-scan-million-sqlite", "one SELECT", baseline, ours, null, ScanRounds, "1,000,000 records of 231 B");
    }

    private static async Task<BenchmarkCase> RedisScanAsync()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile);
        await using var redis = await ConnectAsync(server);
        await using var bare = new BareRedis(redis.GetDatabase());
        var store = new RedisRecordStore(redis, "ours", TimeProvider.System);
        await FillAsync(await OwnAsync(store), bare.PutAsync);
        var (baseline, ours) = await Measure.InTurnAsync(
            ScanRounds, () => ExpectAsync(bare.ScanAsync()), () => ExpectAsync(ScanAsync(store)));
        return new("records-scan-million-redis", "HSCAN, COUNT 1,000, repeats removed", baseline, ours, null, ScanRounds, "1,000,000 records of 231 B");
    }

    private static BenchmarkCase Commits(string name, string baselineName, double baseline, double ours, int commitsOfEach, string note)
    {
        var commits = commitsOfEach * RecordLoad.Callers;
        return new(name, baselineName, baseline, ours, 1, Rounds, $"64 callers, {commits:N0} commits: {commits / baseline:F1} k/s and {commits / ours:F1} k/s; {note}");
    }

    private static async Task<GroupCommit> OwnAsync(IRecordStore store) =>
        new(store, "queue/0", await store.OpenAsync("queue/0", CancellationToken.None), new StorageOptions(), TimeProvider.System);

    private static async Task<ConnectionMultiplexer> ConnectAsync(RedisServer server)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        await redis.GetServers()[0].ConfigSetAsync("appendfsync", "everysec");
        return redis;
    }

    private static async Task FillAsync(GroupCommit owner, Func<string, byte[], Task> putAsync)
    {
        foreach (var page in Enumerable.Range(0, Million).Chunk(RecordLimits.MaxCommitChanges))
        {
            var records = page.Select(_ => Load.Next()).ToArray();
            await owner.AddAsync([.. records.Select(record => RecordChange.Put(record.Key, record.Value))], CancellationToken.None);
            await Task.WhenAll(records.Select(record => putAsync(record.Key, record.Value)));
        }
    }

    private static async Task<(int Records, long Bytes)> ScanAsync(IRecordStore store)
    {
        var (records, bytes) = (0, 0L);
        await foreach (var entry in store.ScanAsync("queue/0", "", CancellationToken.None))
        {
            bytes += entry.Key.Length + entry.Value.Length;
            records++;
        }

        return (records, bytes);
    }

    private static async Task ExpectAsync(Task<(int Records, long Bytes)> scan)
    {
        if (await scan is not (Million, Million * 231L))
        {
            throw new InvalidOperationException("A scan did not give a million records of 231 B.");
        }
    }
}
