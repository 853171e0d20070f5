namespace Armature.Storage;

public abstract partial class RecordStoreContract
{
    [Fact]
    public async Task OpenAsync_SecondOwner_FencesTheFirst()
    {
        var store = await CreateAsync();
        var first = await store.OpenAsync(Partition, Never);
        await store.CommitAsync(Partition, first, [Put("a", "first"), Put("b", "first")], Never);

        var second = await store.OpenAsync(Partition, Never);
        await store.CommitAsync(Partition, second, [Put("b", "second")], Never);
        var late = await Should.ThrowAsync<FencedException>(() =>
            store.CommitAsync(Partition, first, [Put("a", "late"), RecordChange.Delete("b"), Put("c", "late")], Never));
        await Should.ThrowAsync<FencedException>(() => store.DeletePartitionAsync(Partition, first, Never));

        second.ShouldBeGreaterThan(first);
        (late.Partition, late.Epoch).ShouldBe((Partition, first));
        (await ReadAllAsync(store, Partition, "")).ShouldBe(new() { ["a"] = "first", ["b"] = "second" });
    }

    [Fact]
    public async Task CommitAsync_AmongOthersAtOnce_AFencedOneFailsAlone()
    {
        var store = await CreateAsync();
        var old = await store.OpenAsync(Partition, Never);
        var epoch = await store.OpenAsync(Partition, Never);

        var good = Enumerable.Range(0, 100).Select(i => store.CommitAsync(Partition, epoch, [Put($"good{i}", "")], Never)).ToArray();
        var bad = Enumerable.Range(0, 100).Select(i => store.CommitAsync(Partition, old, [Put($"bad{i}", "")], Never)).ToArray();

        await Task.WhenAll(good);
        foreach (var fenced in bad)
        {
            await Should.ThrowAsync<FencedException>(() => fenced);
        }

        (await ReadAllAsync(store, Partition, "")).Keys.ShouldBe(Enumerable.Range(0, 100).Select(i => $"good{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task OpenAsync_AfterDeletion_IsEmptyAndFencesAllFormerOwners()
    {
        var store = await CreateAsync();
        var first = await store.OpenAsync(Partition, Never);
        await store.CommitAsync(Partition, first, [Put("a", "1")], Never);

        await store.DeletePartitionAsync(Partition, first, Never);
        (await NamesAsync(store, "")).ShouldBeEmpty();
        (await ReadManyAsync(store, Partition, "a")).ShouldBe([null]);
        await Should.ThrowAsync<FencedException>(() => store.CommitAsync(Partition, first, [Put("a", "2")], Never));
        var second = await store.OpenAsync(Partition, Never);

        second.ShouldBeGreaterThan(first);
        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();
        await Should.ThrowAsync<FencedException>(() => store.CommitAsync(Partition, first, [Put("a", "3")], Never));
        await Should.ThrowAsync<FencedException>(() => store.DeletePartitionAsync(Partition, first, Never));
        await store.CommitAsync(Partition, second, [Put("b", "4")], Never);
        (await ReadAllAsync(store, Partition, "")).ShouldBe(new() { ["b"] = "4" });
    }

    [Fact]
    public async Task DeletePartitionAsync_OfNone_IsNoError()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);

        await store.DeletePartitionAsync(Partition, epoch, Never);
        await store.DeletePartitionAsync(Partition, epoch, Never);
        await store.DeletePartitionAsync("never-there", 1, Never);

        (await NamesAsync(store, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeletePartitionAsync_LargePartition_LeavesNothingAndNobodyElsesGone()
    {
        var store = await CreateAsync();
        var epoch = await store.OpenAsync(Partition, Never);
        var other = await store.OpenAsync(Partition + "0", Never);
        await store.CommitAsync(Partition + "0", other, [Put("kept", "")], Never);
        for (var page = 0; page < 10; page++)
        {
            await store.CommitAsync(Partition, epoch, [.. Enumerable.Range(page * 1000, 1000).Select(i => Put($"{i}", "x"))], Never);
        }

        await store.DeletePartitionAsync(Partition, epoch, Never);
        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();
        await store.OpenAsync(Partition, Never);

        (await ReadAllAsync(store, Partition, "")).ShouldBeEmpty();
        (await ReadAllAsync(store, Partition + "0", "")).Keys.ShouldBe(["kept"]);
    }

    [Fact]
    public async Task OpenAsync_ManyAtOnce_EveryEpochIsAnother()
    {
        var store = await CreateAsync();

        var epochs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.OpenAsync(Partition, Never)));

        epochs.Distinct().Count().ShouldBe(100);
        await store.CommitAsync(Partition, epochs.Max(), [], Never);
        await Should.ThrowAsync<FencedException>(() => store.CommitAsync(Partition, epochs.Max() - 1, [], Never));
    }
}
