using Armature.Testing;
using Microsoft.Data.Sqlite;

namespace Armature.Storage;

public sealed class SqliteRecordStoreTests : RecordStoreContract, IAsyncLifetime
{
    private readonly List<TemporaryFolder> _folders = [];
    private readonly List<SqliteRecordStore> _stores = [];

    protected override int Histories => 40;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folders.ForEach(folder => folder.Dispose());
    }

    [Fact]
    public async Task Open_AfterAClose_HasEverythingAndGoesOnWithHigherEpochs()
    {
        var folder = NewFolder();
        long last = 0;
        await using (var first = SqliteRecordStore.Open(folder))
        {
            for (var i = 0; i < 20; i++)
            {
                last = await first.OpenAsync($"p{i}", CancellationToken.None);
                await first.CommitAsync($"p{i}", last, [Put("key", $"{i}")], CancellationToken.None);
            }

            await first.DeletePartitionAsync("p19", last, CancellationToken.None);
        }

        await using var second = SqliteRecordStore.Open(folder);

        for (var i = 0; i < 19; i++)
        {
            (await ReadManyAsync(second, $"p{i}", "key")).ShouldBe([$"{i}"]);
        }

        (await NamesAsync(second, "p19")).ShouldBeEmpty();
        (await second.OpenAsync("p0", CancellationToken.None)).ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task CommitAsync_FolderIsRemoved_AcknowledgesNothingAndSaysSo()
    {
        var folder = Path.Combine(NewFolder(), "records");
        await using var store = SqliteRecordStore.Open(folder);
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await store.CommitAsync("p", epoch, [Put("key", "before")], CancellationToken.None);
        store.Problem.ShouldBeNull();

        Directory.Delete(folder, recursive: true);

        store.Problem.ShouldNotBeNull().ShouldContain("removed, moved or replaced");
        await RefusesAsync(store, epoch);
        Directory.CreateDirectory(folder);
        await RefusesAsync(store, epoch);
    }

    [Fact]
    public async Task CommitAsync_AnotherStoreIsInItsPlace_AcknowledgesNothing()
    {
        var folder = Path.Combine(NewFolder(), "records");
        await using var store = SqliteRecordStore.Open(folder);
        var epoch = await store.OpenAsync("p", CancellationToken.None);

        Directory.Move(folder, folder + "-away");
        await using var other = SqliteRecordStore.Open(folder);
        var othersEpoch = await other.OpenAsync("p", CancellationToken.None);

        await RefusesAsync(store, epoch);
        await RefusesAsync(store, epoch);
        store.Problem.ShouldNotBeNull();
        await other.CommitAsync("p", othersEpoch, [Put("key", "other")], CancellationToken.None);
        (await ReadManyAsync(other, "p", "key")).ShouldBe(["other"]);
    }

    [Fact]
    public async Task Open_OwnedByAnother_SaysWhatToDo()
    {
        var folder = NewFolder();
        await using var owner = SqliteRecordStore.Open(folder);

        var thrown = Should.Throw<RecordStoreException>(() => SqliteRecordStore.Open(folder));

        thrown.Location.ShouldBe(folder);
        thrown.Message.ShouldContain("another process uses these records. Stop that");
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_SaysWhatToDo()
    {
        var file = Path.Combine(NewFolder(), "file");
        File.WriteAllText(file, "");

        Should.Throw<RecordStoreException>(() => SqliteRecordStore.Open(Path.Combine(file, "records"))).Message.ShouldContain("cannot be written to");
    }

    [Fact]
    public void Open_DamagedFile_SaysWhatToDoAndLetsTheFolderGo()
    {
        var folder = NewFolder();
        File.WriteAllText(Path.Combine(folder, "records-3.db"), new string('x', 10_000));

        for (var i = 0; i < 2; i++)
        {
            var thrown = Should.Throw<RecordStoreException>(() => SqliteRecordStore.Open(folder));

            thrown.Location.ShouldEndWith("records-3.db");
            thrown.Message.ShouldContain("the file is damaged. Stop the silo, and restore");
        }
    }

    [Fact]
    public async Task EveryMethod_FileDamagedInItsMiddle_SaysWhatToDoAndLeavesTheOtherFiles()
    {
        var folder = NewFolder();
        string[] partitions = [.. Enumerable.Range(0, 32).Select(i => $"p{i}")];
        await using (var store = SqliteRecordStore.Open(folder))
        {
            foreach (var partition in partitions)
            {
                var begun = await store.OpenAsync(partition, CancellationToken.None);
                await store.CommitAsync(partition, begun, [.. Enumerable.Range(0, 200).Select(i => Put($"{i:D4}", new string('a', 500)))], CancellationToken.None);
            }
        }

        await DamageAsync(Path.Combine(folder, "records-3.db"));
        await using var damaged = SqliteRecordStore.Open(folder);
        var failures = new List<RecordStoreException>();
        var whole = 0;
        foreach (var partition in partitions)
        {
            try
            {
                (await NumberOfRecordsAsync(damaged, partition)).ShouldBe(200);
                whole++;
            }
            catch (RecordStoreException failure)
            {
                failures.Add(failure);
            }
        }

        failures.ShouldNotBeEmpty();
        failures.ShouldAllBe(failure => failure.Location.EndsWith("records-3.db", StringComparison.Ordinal) && failure.Message.Contains("the file is damaged. Stop the silo, and restore"));
        whole.ShouldBeGreaterThan(16);
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_SaysWhatToDo()
    {
        var folder = NewFolder();
        await SqliteRecordStore.Open(folder).DisposeAsync();
        Do(Path.Combine(folder, "records-0.db"), "PRAGMA user_version = 2");

        Should.Throw<RecordStoreException>(() => SqliteRecordStore.Open(folder)).Message.ShouldContain("of version 2; this program reads version 1");
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_LeavesItAsItWas()
    {
        var folder = NewFolder();
        Do(Path.Combine(folder, "records-0.db"), "CREATE TABLE others (a)");

        Should.Throw<RecordStoreException>(() => SqliteRecordStore.Open(folder)).Message.ShouldContain("a database of something else");
    }

    [Fact]
    public async Task CommitAsync_FileLockedByAnotherProcess_SaysSoAndGoesOnAfterwards()
    {
        var folder = NewFolder();
        await using var store = SqliteRecordStore.Open(folder);
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await using (var other = await LockAllAsync(folder))
        {
            (await Should.ThrowAsync<RecordStoreException>(() => store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None)))
                .Message.ShouldContain("another process has locked the file. Stop that");
        }

        await store.CommitAsync("p", epoch, [Put("a", "2")], CancellationToken.None);

        (await ReadManyAsync(store, "p", "a")).ShouldBe(["2"]);
    }

    [Theory]
    [InlineData(13, "the disk is full. Free space")]
    [InlineData(8, "cannot be written")]
    [InlineData(11, "restore the whole folder from a backup")]
    [InlineData(10, "Look whether it is well")]
    public void Describe_SqliteCode_SaysWhatToDo(int code, string expected) =>
        SqliteFailure.Describe("/data/records-0.db", new SqliteException("text", code)).Message.ShouldContain(expected);

    [Fact]
    public async Task DeletePartitionAsync_LargePartition_IsSweptInPiecesWhileOthersCommit()
    {
        var folder = NewFolder();
        long epoch;
        await using (var store = SqliteRecordStore.Open(folder))
        {
            epoch = await store.OpenAsync("p", CancellationToken.None);
            for (var page = 0; page < 20; page++)
            {
                var changes = Enumerable.Range(0, 1000).Select(i => RecordChange.Put($"{page}'{i}", new byte[200]));
                await store.CommitAsync("p", epoch, [.. changes], CancellationToken.None);
            }

            await store.DeletePartitionAsync("p", epoch, CancellationToken.None);
            epoch = await store.OpenAsync("p", CancellationToken.None);
            await store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None);
            await Eventually.BecomesTrueAsync(() => CountAll(folder, "records") == 1, "the deleted partition's records have left the files");
            await Eventually.BecomesTrueAsync(() => CountAll(folder, "deleted") == 0, "nothing is left to sweep");
            (await ReadManyAsync(store, "p", "a")).ShouldBe(["1"]);
        }
    }

    [Fact]
    public async Task Open_PartitionThatWasNotSwept_SweepsIt()
    {
        var folder = NewFolder();
        await using (var store = SqliteRecordStore.Open(folder))
        {
            var epoch = await store.OpenAsync("p", CancellationToken.None);
            await store.CommitAsync("p", epoch, [Put("a", "1")], CancellationToken.None);
        }

        foreach (var file in Directory.GetFiles(folder, "*.db"))
        {
            Do(file, "INSERT INTO deleted SELECT number FROM partitions; DELETE FROM partitions");
        }

        await using var again = SqliteRecordStore.Open(folder);

        await Eventually.BecomesTrueAsync(() => CountAll(folder, "records") == 0, "the records have left the files");
    }

    protected override Task<IRecordStore> CreateAsync()
    {
        var store = SqliteRecordStore.Open(NewFolder());
        _stores.Add(store);
        return Task.FromResult<IRecordStore>(store);
    }

    private static async Task RefusesAsync(SqliteRecordStore store, long epoch) =>
        (await Should.ThrowAsync<RecordStoreException>(() => store.CommitAsync("p", epoch, [Put("key", "after")], CancellationToken.None)))
            .Message.ShouldContain("removed, moved or replaced");

    private string NewFolder()
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        return folder.Path;
    }

    private static async Task<int> NumberOfRecordsAsync(SqliteRecordStore store, string partition) =>
        await store.ScanAsync(partition, "", CancellationToken.None).CountAsync();

    /// <summary>Spoils the last quarter of a file, where the records are.</summary>
    private static async Task DamageAsync(string path)
    {
        await using var file = File.OpenWrite(path);
        file.Position = file.Length / 4 * 3;
        await file.WriteAsync(Enumerable.Repeat((byte)'x', (int)(file.Length - file.Position)).ToArray());
    }

    private static async Task<SqliteLocks> LockAllAsync(string folder)
    {
        var locks = new SqliteLocks();
        foreach (var file in Directory.GetFiles(folder, "*.db"))
        {
            await locks.LockAsync(file);
        }

        return locks;
    }

    private static void Do(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long CountAll(string folder, string table) => Directory.GetFiles(folder, "*.db").Sum(file =>
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    });

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private sealed class SqliteLocks : IAsyncDisposable
    {
        private readonly List<SqliteConnection> _connections = [];

        public async Task LockAsync(string file)
        {
            var connection = Connect(file);
            _connections.Add(connection);
            await using var command = connection.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
