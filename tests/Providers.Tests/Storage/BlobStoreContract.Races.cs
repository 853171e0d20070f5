namespace Armature.Storage;

public abstract partial class BlobStoreContract
{
    [Fact]
    public async Task PutAsync_ManyWritersAndReadersOfOneName_ReadersSeeOneWholeBlob()
    {
        const int writers = 4;
        var store = await CreateAsync();
        await store.PutAsync("a", Filled(0), Never);

        var writes = Enumerable.Range(1, writers).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                await (round % 2 == 0
                    ? store.PutAsync("a", Filled(writer), Never)
                    : store.PutAsync("a", new MemoryStream(Filled(writer)), Never));
            }
        })).ToArray();
        var done = Task.WhenAll(writes);
        do
        {
            ShouldBeWhole(await store.GetAsync("a", 1 << 20, Never));
            await using var stream = await store.OpenReadAsync("a", Never);
            using var copy = new MemoryStream();
            await stream!.CopyToAsync(copy, Never);
            ShouldBeWhole(copy.ToArray());
        }
        while (!done.IsCompleted);
        await done;

        ShouldBeWhole(await store.GetAsync("a", 1 << 20, Never));
        (await NamesAsync(store, "")).ShouldBe(["a"]);

        static byte[] Filled(int writer)
        {
            var bytes = new byte[100_000 + (writer * 1000)];
            bytes.AsSpan().Fill((byte)writer);
            return bytes;
        }

        static void ShouldBeWhole(byte[]? bytes)
        {
            bytes.ShouldNotBeNull();
            bytes.Length.ShouldBe(100_000 + (bytes[0] * 1000));
            bytes.AsSpan().IndexOfAnyExcept(bytes[0]).ShouldBe(-1);
        }
    }

    [Fact]
    public async Task PutAsync_WhileNeighboursAreDeleted_IsNeverLost()
    {
        var store = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            // All of them make and empty the same folders.
            for (var round = 0; round < 25; round++)
            {
                var name = $"shared/folder/{writer}";
                await store.PutAsync(name, new byte[10], Never);
                (await store.GetAsync(name, 10, Never)).ShouldNotBeNull();
                (await store.DeleteAsync(name, Never)).ShouldBeTrue();
            }
        })));

        (await NamesAsync(store, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TryCreateAsync_ManyAtOnce_OneCreates()
    {
        var store = await CreateAsync();

        for (var round = 0; round < 10; round++)
        {
            var name = $"round-{round}";
            var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
                Task.Run(() => store.TryCreateAsync(name, new[] { (byte)writer }, Never))));

            created.Count(won => won).ShouldBe(1);
            (await store.GetAsync(name, 1, Never)).ShouldBe([(byte)Array.IndexOf(created, true)]);
        }
    }

    [Fact]
    public async Task DeleteAsync_ManyAtOnce_OneSaysThatItDid()
    {
        var store = await CreateAsync();

        for (var round = 0; round < 10; round++)
        {
            await store.PutAsync("a/b", new byte[1], Never);
            var deleted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.DeleteAsync("a/b", Never))));

            deleted.Count(did => did).ShouldBe(1);
        }
    }

    [Fact]
    public async Task PutAsync_CancelledInTheMiddle_LeavesWhatWasThere()
    {
        var store = await CreateAsync();
        await store.PutAsync("old", "as it was"u8.ToArray(), Never);
        using var cancellation = new CancellationTokenSource();

        foreach (var name in new[] { "old", "new" })
        {
            using var content = new FakeSource(1_000_000) { Pausing = true };
            using var cancel = new CancellationTokenSource();
            var put = store.PutAsync(name, content, cancel.Token);
            await content.Paused;
            await cancel.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(() => put);
        }

        (await ReadTextAsync(store, "old")).ShouldBe("as it was");
        (await NamesAsync(store, "")).ShouldBe(["old"]);
    }

    [Fact]
    public async Task PutAsync_SourceThatFailsInTheMiddle_LeavesWhatWasThere()
    {
        var store = await CreateAsync();
        await store.PutAsync("old", "as it was"u8.ToArray(), Never);

        foreach (var name in new[] { "old", "new" })
        {
            using var content = new FakeSource(1_000_000) { Failing = true };

            (await Should.ThrowAsync<IOException>(() => store.PutAsync(name, content, Never))).Message.ShouldBe(FakeSource.Failure);
        }

        (await ReadTextAsync(store, "old")).ShouldBe("as it was");
        (await NamesAsync(store, "")).ShouldBe(["old"]);
    }

    [Fact]
    public async Task EveryMethod_AlreadyCancelled_ThrowsAndDoesNothing()
    {
        var store = await CreateAsync();
        await store.PutAsync("a", new byte[1], Never);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await store.PutAsync("a", new byte[2], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.PutAsync("b", new MemoryStream([1]), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.TryCreateAsync("b", new byte[1], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.GetAsync("a", 1, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.ReadRangeAsync("a", 0, 1, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.OpenReadAsync("a", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.GetInfoAsync("a", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.DeleteAsync("a", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var blob in store.ListAsync("", cancelled))
            {
                blob.ShouldBeNull();
            }
        });

        (await NamesAsync(store, "")).ShouldBe(["a"]);
        (await store.GetInfoAsync("a", Never))!.Length.ShouldBe(1);
    }

    [Fact]
    public async Task OpenReadAsync_DeletedWhileReading_ReadsOn()
    {
        var store = await CreateAsync();
        await store.PutAsync("a", FakeSource.Bytes(200_000), Never);
        await using var stream = await store.OpenReadAsync("a", Never);
        var bytes = new byte[200_000];
        await stream!.ReadExactlyAsync(bytes.AsMemory(0, 1000), Never);

        await store.DeleteAsync("a", Never);

        await stream.ReadExactlyAsync(bytes.AsMemory(1000), Never);
        bytes.ShouldBe(FakeSource.Bytes(200_000));
    }
}
