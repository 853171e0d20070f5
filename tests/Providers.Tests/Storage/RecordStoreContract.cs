using System.Text;

namespace Armature.Storage;

/// <summary>What every record store must do. A store's test class inherits it.</summary>
public abstract partial class RecordStoreContract
{
    private const string Partition = "queue/0";

    private static CancellationToken Never => CancellationToken.None;

    /// <summary>A store with nothing in it.</summary>
    protected abstract Task<IRecordStore> CreateAsync();

    [Fact]
    public async Task OpenAsync_NewPartition_IsEmptyAndListed()
    {
        var store = await CreateAsync();

        (await store.OpenAsync(Partition, Never)).ShouldBeGreaterThan(0);

        (await NamesAsync(store, "")).ShouldBe([Partition]);
        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitAsync_PutsAndDeletes_AreReadBack()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        await store.CommitAsync(Partition, epoch, [Put("a", "1"), Put("b", "2"), Put("c", "3")], Never);

        await store.CommitAsync(Partition, epoch, [Put("a", "4"), RecordChange.Delete("b"), RecordChange.Delete("none"), Put("d", "")], Never);

        (await ReadAllAsync(store, Partition, "")).ShouldBe(new() { ["a"] = "4", ["c"] = "3", ["d"] = "" });
        (await ReadManyAsync(store, Partition, "d", "b", "a", "none", "a")).ShouldBe(["", null, "4", null, "4"]);
    }

    [Fact]
    public async Task CommitAsync_SameKeyTwice_AppliesInOrder()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);

        await store.CommitAsync(
            Partition, epoch, [Put("a", "1"), Put("a", "2"), Put("b", "3"), RecordChange.Delete("b"), RecordChange.Delete("c"), Put("c", "4")], Never);

        (await ReadAllAsync(store, Partition, "")).ShouldBe(new() { ["a"] = "2", ["c"] = "4" });
    }

    [Fact]
    public async Task CommitAsync_Nothing_OnlyChecksTheEpoch()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);

        await store.CommitAsync(Partition, epoch, [], Never);

        await Should.ThrowAsync<FencedException>(() => store.CommitAsync(Partition, epoch + 1, [], Never));
    }

    [Fact]
    public async Task CommitAsync_CallersBufferReusedAfterwards_KeepsWhatWasCommitted()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        var buffer = Encoding.UTF8.GetBytes("xfirstx");

        await store.CommitAsync(Partition, epoch, [RecordChange.Put("a", buffer.AsMemory(1, 5))], Never);
        Array.Clear(buffer);

        (await ReadManyAsync(store, Partition, "a")).ShouldBe(["first"]);
    }

    [Fact]
    public async Task CommitAsync_ManyAtOnce_AppliesAll()
    {
        var store = await CreateAsync();
        var partitions = Enumerable.Range(0, 5).Select(i => $"p{i}").ToArray();
        var epochs = new long[partitions.Length];
        for (var i = 0; i < partitions.Length; i++)
        {
            epochs[i] = await store.OpenAsync(partitions[i], Never);
        }

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i =>
            store.CommitAsync(partitions[i % 5], epochs[i % 5], [Put($"k{i}", $"{i}")], Never)));

        for (var p = 0; p < partitions.Length; p++)
        {
            (await ReadAllAsync(store, partitions[p], "")).Count.ShouldBe(100);
        }
    }

    [Fact]
    public async Task CommitAsync_LargestValuesAndNames_AreReadBack()
    {
        var store = await CreateAsync();
        var partition = new string('p', RecordLimits.MaxNameLength);
        var key = new string('~', RecordLimits.MaxNameLength);
        var value = new byte[RecordLimits.MaxValueBytes];
        Random.Shared.NextBytes(value);
        var epoch = await store.OpenAsync(partition, Never);

        await store.CommitAsync(partition, epoch, [RecordChange.Put(key, value), RecordChange.Put("a", value)], Never);

        foreach (var read in await store.ReadManyAsync(partition, [key, "a"], Never))
        {
            read!.Value.Span.SequenceEqual(value).ShouldBeTrue();
        }

        (await ReadAllAsync(store, partition, "~")).Keys.ShouldBe([key]);
    }

    [Fact]
    public async Task CommitAsync_MostChanges_AreAllApplied()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        var changes = Enumerable.Range(0, RecordLimits.MaxCommitChanges).Select(i => Put($"{i:D4}", $"{i}")).ToArray();

        await store.CommitAsync(Partition, epoch, changes, Never);

        (await ReadManyAsync(store, Partition, [.. changes.Select(change => change.Key)])).ShouldBe(
            Enumerable.Range(0, changes.Length).Select(i => $"{i}"));
    }

    [Fact]
    public async Task CommitAsync_OverALimit_ThrowsAndChangesNothing()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        var tooMany = Enumerable.Range(0, RecordLimits.MaxCommitChanges + 1).Select(i => Put($"{i}", "")).ToArray();
        var tooLarge = new[] { Put("a", "1"), RecordChange.Put("b", new byte[RecordLimits.MaxValueBytes + 1]) };
        var tooMuch = Enumerable.Range(0, 5).Select(i => RecordChange.Put($"{i}", new byte[1 << 20])).ToArray();

        (await LimitOfAsync(tooMany)).ShouldBe(nameof(RecordLimits.MaxCommitChanges));
        (await LimitOfAsync(tooLarge)).ShouldBe(nameof(RecordLimits.MaxValueBytes));
        (await LimitOfAsync(tooMuch)).ShouldBe(nameof(RecordLimits.MaxCommitBytes));

        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();

        async Task<string> LimitOfAsync(RecordChange[] changes) =>
            (await Should.ThrowAsync<RecordLimitException>(() => store.CommitAsync(Partition, epoch, changes, Never))).Limit;
    }

    [Fact]
    public async Task ScanAsync_Prefix_GivesExactlyTheKeysThatStartWithIt()
    {
        var store = await CreateAsync();
        string[] keys = ["a", "A", "a/b", "a/b*", "a*", "a?", "[a]", "a\\b", "a%", "a_", "ab", "~", "~~", "!"];
        var epoch = await store.OpenAsync(Partition, Never);
        var other = await store.OpenAsync(Partition + "0", Never);
        await store.CommitAsync(Partition, epoch, [.. keys.Select(key => Put(key, key))], Never);
        await store.CommitAsync(Partition + "0", other, [Put("aa", "")], Never);

        foreach (var prefix in new[] { "", "a", "A", "a/", "a*", "a?", "[", "[a]", "a\\", "a%", "a_", "~", "~~", "!", "b", "*", "?" })
        {
            (await ReadAllAsync(store, Partition, prefix)).Keys.ShouldBe(
                keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), ignoreOrder: true, prefix);
        }
    }

    [Fact]
    public async Task ScanAsync_ManyRecords_GivesEachOnce()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        for (var page = 0; page < 5; page++)
        {
            await store.CommitAsync(
                Partition, epoch, [.. Enumerable.Range(page * 1000, 1000).Select(i => Put($"{i % 2}/{i}", $"{i}"))], Never);
        }

        (await CountAsync("")).ShouldBe((5_000, 5_000));
        (await CountAsync("1/")).ShouldBe((2_500, 2_500));

        async Task<(int Records, int Keys)> CountAsync(string prefix)
        {
            var read = await store.ScanAsync(Partition, prefix, Never).ToListAsync();
            return (read.Count, read.Select(entry => entry.Key).Distinct().Count());
        }
    }

    [Fact]
    public async Task ScanAsync_OwnerWritesMeanwhile_GivesWhatStayedExactlyOnce()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        for (var page = 0; page < 4; page++)
        {
            await store.CommitAsync(
                Partition, epoch, [.. Enumerable.Range(page * 1000, 1000).Select(i => Put($"old/{i:D4}", $"{i}"))], Never);
        }

        var read = new List<string>();
        await foreach (var entry in store.ScanAsync(Partition, "old/", Never))
        {
            read.Add(entry.Key);
            if (read.Count % 500 == 1)
            {
                var at = read.Count;
                await store.CommitAsync(Partition, epoch, [.. Enumerable.Range(0, 1000).Select(i => Put($"new/{at}/{i}", ""))], Never);
            }
        }

        read.Count.ShouldBe(4_000);
        read.Distinct().Count().ShouldBe(4_000);
    }

    [Fact]
    public async Task ListPartitionsAsync_Prefix_GivesExactlyTheNamesThatStartWithIt()
    {
        var store = await CreateAsync();
        string[] names = ["a", "A", "a/b", "a*", "a?b", "[a]", "a%", "a_b", "ab", "~"];
        foreach (var name in names)
        {
            await store.OpenAsync(name, Never);
        }

        foreach (var prefix in new[] { "", "a", "A", "a/", "a*", "a?", "[", "a%", "a_", "~", "b", "*" })
        {
            (await NamesAsync(store, prefix)).ShouldBe(
                names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)), ignoreOrder: true, prefix);
        }
    }

    [Fact]
    public async Task ReadManyAsync_NoPartition_AnswersNulls()
    {
        var store = await CreateAsync();

        (await ReadManyAsync(store, "none", "a", "b")).ShouldBe([null, null]);
        (await ReadAllAsync(store, "none", "")).ShouldBeEmpty();
        (await ReadManyAsync(store, "none")).ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryMethod_NameThatIsNotAllowed_ThrowsArgumentException()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);

        foreach (var bad in new[] { "", "a b", "ä", "a\n", new string('a', RecordLimits.MaxNameLength + 1) })
        {
            await Should.ThrowAsync<ArgumentException>(() => store.OpenAsync(bad, Never));
            await Should.ThrowAsync<ArgumentException>(() => store.CommitAsync(bad, epoch, [], Never));
            await Should.ThrowAsync<ArgumentException>(() => store.CommitAsync(Partition, epoch, [Put(bad, "")], Never));
            await Should.ThrowAsync<ArgumentException>(() => store.ReadManyAsync(Partition, ["a", bad], Never));
            await Should.ThrowAsync<ArgumentException>(() => store.DeletePartitionAsync(bad, epoch, Never));
            Should.Throw<ArgumentException>(() => store.ScanAsync(bad, "", Never));
        }

        Should.Throw<ArgumentException>(() => store.ScanAsync(Partition, "a b", Never));
        Should.Throw<ArgumentException>(() => store.ListPartitionsAsync("a b", Never));
    }

    [Fact]
    public async Task EveryMethod_CancelledBefore_ThrowsAndChangesNothing()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => store.OpenAsync(Partition, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.CommitAsync(Partition, epoch, [Put("a", "")], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.ReadManyAsync(Partition, ["a"], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.DeletePartitionAsync(Partition, epoch, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.ScanAsync(Partition, "", cancelled).ToListAsync().AsTask());
        await Should.ThrowAsync<OperationCanceledException>(() => store.ListPartitionsAsync("", cancelled).ToListAsync().AsTask());

        await store.CommitAsync(Partition, epoch, [], Never);
        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Location_Always_TellsSomething() => (await CreateAsync()).Location.ShouldNotBeNullOrWhiteSpace();

    protected static RecordChange Put(string key, string value) => RecordChange.Put(key, Encoding.UTF8.GetBytes(value));

    protected static async Task<SortedDictionary<string, string>> ReadAllAsync(IRecordStore store, string partition, string prefix) =>
        new(await store.ScanAsync(partition, prefix, Never).ToDictionaryAsync(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value.Span)));

    protected static async Task<string?[]> ReadManyAsync(IRecordStore store, string partition, params string[] keys) =>
        [.. (await store.ReadManyAsync(partition, keys, Never)).Select(value => value is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null)];

    protected static async Task<List<string>> NamesAsync(IRecordStore store, string prefix) =>
        await store.ListPartitionsAsync(prefix, Never).ToListAsync();
}
