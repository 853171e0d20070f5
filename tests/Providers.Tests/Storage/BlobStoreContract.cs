using System.Text;
using Armature.Hosting;

namespace Armature.Storage;

/// <summary>What every blob store does. A store's own test class derives from it and gives it an empty store.</summary>
public abstract partial class BlobStoreContract
{
    private static CancellationToken Never => CancellationToken.None;

    /// <summary>An empty store with these limits.</summary>
    protected abstract Task<IBlobStore> CreateAsync(StorageOptions options);

    [Fact]
    public async Task PutAsync_NewName_IsReadBack()
    {
        var store = await CreateAsync();

        await store.PutAsync("a/b.txt", "hello"u8.ToArray(), Never);

        (await ReadTextAsync(store, "a/b.txt")).ShouldBe("hello");
    }

    [Fact]
    public async Task PutAsync_ExistingName_ReplacesTheWholeBlob()
    {
        var store = await CreateAsync();
        await store.PutAsync("a", new byte[1000], Never);

        await store.PutAsync("a", "short"u8.ToArray(), Never);

        (await ReadTextAsync(store, "a")).ShouldBe("short");
        (await store.GetInfoAsync("a", Never))!.Length.ShouldBe(5);
    }

    [Fact]
    public async Task PutAsync_StreamThatCannotSeek_IsReadBack()
    {
        var store = await CreateAsync();
        using var content = new FakeSource(300_000);

        await store.PutAsync("a", content, Never);

        (await store.GetAsync("a", 300_000, Never)).ShouldBe(FakeSource.Bytes(300_000));
    }

    [Fact]
    public async Task PutAsync_StreamNotAtItsStart_WritesWhatIsLeftOfIt()
    {
        var store = await CreateAsync();
        using var content = new MemoryStream("0123456789"u8.ToArray()) { Position = 4 };

        await store.PutAsync("a", content, Never);

        (await ReadTextAsync(store, "a")).ShouldBe("456789");
    }

    [Fact]
    public async Task PutAsync_NoBytes_MakesAnEmptyBlob()
    {
        var store = await CreateAsync();

        await store.PutAsync("bytes", ReadOnlyMemory<byte>.Empty, Never);
        await store.PutAsync("stream", Stream.Null, Never);

        foreach (var name in new[] { "bytes", "stream" })
        {
            (await store.GetAsync(name, 0, Never)).ShouldBe([]);
            (await store.ReadRangeAsync(name, 0, 10, Never))!.Bytes.ShouldBe([]);
            (await store.GetInfoAsync(name, Never))!.Length.ShouldBe(0);
            await using var stream = await store.OpenReadAsync(name, Never);
            (await stream!.ReadAsync(new byte[1], Never)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task EveryRead_NoSuchBlob_AnswersNull()
    {
        var store = await CreateAsync();
        await store.PutAsync("a/b", new byte[1], Never);

        foreach (var name in new[] { "x", "a", "a/c", "a/b/c", "A/b", "a/B" })
        {
            (await store.GetAsync(name, 10, Never)).ShouldBeNull();
            (await store.ReadRangeAsync(name, 0, 10, Never)).ShouldBeNull();
            (await store.OpenReadAsync(name, Never)).ShouldBeNull();
            (await store.GetInfoAsync(name, Never)).ShouldBeNull();
            (await store.DeleteAsync(name, Never)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task GetAsync_LargerThanTheReaderAllows_ThrowsWithBothNumbers()
    {
        var store = await CreateAsync();
        await store.PutAsync("a", new byte[11], Never);

        var thrown = await Should.ThrowAsync<BlobTooLargeException>(async () => await store.GetAsync("a", 10, Never));

        thrown.Name.ShouldBe("a");
        thrown.Length.ShouldBe(11);
        thrown.Allowed.ShouldBe(10);
        (await store.GetAsync("a", 11, Never))!.Length.ShouldBe(11);
    }

    [Theory]
    [InlineData(0, 4, "0123")]
    [InlineData(3, 4, "3456")]
    [InlineData(8, 4, "89")]
    [InlineData(10, 4, "")]
    [InlineData(5_000_000_000, 4, "")]
    [InlineData(3, 0, "")]
    [InlineData(0, int.MaxValue, "0123456789")]
    public async Task ReadRangeAsync_AnyPlace_GivesWhatIsThere(long offset, int count, string expected)
    {
        var store = await CreateAsync();
        await store.PutAsync("a", "0123456789"u8.ToArray(), Never);

        var range = await store.ReadRangeAsync("a", offset, count, Never);

        Encoding.UTF8.GetString(range!.Bytes).ShouldBe(expected);
        range.Info.ShouldBe(await store.GetInfoAsync("a", Never));
    }

    [Fact]
    public async Task GetInfoAsync_WrittenAgainWithTheSameBytes_HasAnotherVersion()
    {
        var store = await CreateAsync();
        await store.PutAsync("a", new byte[5], Never);
        var first = await store.GetInfoAsync("a", Never);

        await store.PutAsync("a", new byte[5], Never);
        var second = await store.GetInfoAsync("a", Never);

        second!.Version.ShouldNotBe(first!.Version);
        second.WrittenAt.ShouldBeGreaterThanOrEqualTo(first.WrittenAt);
        second.WrittenAt.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task DeleteAsync_ExistingName_SaysSoOnce()
    {
        var store = await CreateAsync();
        await store.PutAsync("a/b/c", new byte[5], Never);

        (await store.DeleteAsync("a/b/c", Never)).ShouldBeTrue();

        (await store.DeleteAsync("a/b/c", Never)).ShouldBeFalse();
        (await store.GetInfoAsync("a/b/c", Never)).ShouldBeNull();
        (await NamesAsync(store, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TryCreateAsync_ExistingName_LeavesItAsItWas()
    {
        var store = await CreateAsync();

        (await store.TryCreateAsync("a", "first"u8.ToArray(), Never)).ShouldBeTrue();
        (await store.TryCreateAsync("a", "second"u8.ToArray(), Never)).ShouldBeFalse();

        (await ReadTextAsync(store, "a")).ShouldBe("first");
    }

    [Fact]
    public async Task ListAsync_Prefix_GivesExactlyTheNamesThatStartWithIt()
    {
        var store = await CreateAsync();
        string[] names = ["a", "a/b", "a/b/c", "a/bc", "a/B", "ab", "Ab/c", "b/a/b", "a.b/c", "a-b"];
        foreach (var name in names)
        {
            await store.PutAsync(name, new byte[name.Length], Never);
        }

        foreach (var prefix in new[] { "", "a", "a/", "a/b", "a/b/", "A", "b/a/b", "b/a/bc", "x", "a//", "/", "..", "../", "a/../" })
        {
            (await NamesAsync(store, prefix)).ShouldBe(names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)), ignoreOrder: true, prefix);
        }
    }

    [Fact]
    public async Task ListAsync_EveryBlob_IsAsGetInfoTellsIt()
    {
        var store = await CreateAsync();
        await store.PutAsync("a/b", new byte[3], Never);
        await store.PutAsync("c", new byte[4], Never);

        await foreach (var listed in store.ListAsync("", Never))
        {
            listed.ShouldBe(await store.GetInfoAsync(listed.Name, Never));
        }
    }

    [Fact]
    public async Task PutAsync_LargerThanTheStoreAllows_ThrowsAndLeavesNothing()
    {
        var store = await CreateAsync(new() { MaxBlobBytes = 100 });
        using var content = new FakeSource(101);

        (await Should.ThrowAsync<BlobTooLargeException>(() => store.PutAsync("a", new byte[101], Never))).Allowed.ShouldBe(100);
        (await Should.ThrowAsync<BlobTooLargeException>(() => store.PutAsync("a", content, Never))).Allowed.ShouldBe(100);
        await Should.ThrowAsync<BlobTooLargeException>(() => store.PutAsync("a", new MemoryStream(new byte[101]), Never));
        await Should.ThrowAsync<BlobTooLargeException>(() => store.TryCreateAsync("a", new byte[101], Never));

        (await NamesAsync(store, "")).ShouldBeEmpty();
        await store.PutAsync("a", new byte[100], Never);
        (await store.GetInfoAsync("a", Never))!.Length.ShouldBe(100);
    }

    [Fact]
    public async Task Location_Always_TellsSomething() =>
        (await CreateAsync()).Location.ShouldNotBeNullOrWhiteSpace();

    private Task<IBlobStore> CreateAsync() => CreateAsync(new());

    private static async Task<string> ReadTextAsync(IBlobStore store, string name) =>
        Encoding.UTF8.GetString((await store.GetAsync(name, 1 << 20, Never))!);

    protected static async Task<List<string>> NamesAsync(IBlobStore store, string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in store.ListAsync(prefix, Never))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
