using Armature.Hosting;
using Armature.Testing;

namespace Armature.Storage;

public sealed class FolderBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TryCreateAsync_WritersAtTheSameInstant_OneCreatesInEveryRound()
    {
        const int Writers = 4;
        var store = Open("blobs");

        for (var round = 0; round < 300; round++)
        {
            using var start = new Barrier(Writers);
            var name = $"round-{round}";
            var created = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return store.TryCreateAsync(name, new[] { (byte)writer }, CancellationToken.None);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            created.Count(won => won).ShouldBe(1, name);
        }
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public async Task PutAsync_AnyName_StaysInsideTheFolderUnderAPortableName(string name)
    {
        var store = Open("blobs");

        await store.PutAsync(name, new byte[1], CancellationToken.None);

        var file = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Path.GetFullPath(file).ShouldStartWith(_folder.File("blobs") + Path.DirectorySeparatorChar);
        foreach (var part in Path.GetRelativePath(_folder.File("blobs"), file).Split(Path.DirectorySeparatorChar))
        {
            part.Length.ShouldBeLessThanOrEqualTo(255);
            part.ShouldBe(part.ToLowerInvariant());
            part.ShouldMatch("^[0-9a-f]*[+=]");
            part.ShouldNotEndWith(".");
        }
    }

    [Fact]
    public async Task EveryMethod_LinkedFolderOnTheWay_RefusesAndTouchesNothingOutside()
    {
        var store = Open("blobs");
        Directory.CreateDirectory(_folder.File("outside"));
        await File.WriteAllTextAsync(_folder.File("outside", "=secret"), "secret");
        Directory.CreateSymbolicLink(_folder.File("blobs", "+link"), _folder.File("outside"));

        await Should.ThrowAsync<BlobStoreException>(async () => await store.PutAsync("link/new", new byte[1], CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.TryCreateAsync("link/new", new byte[1], CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.GetAsync("link/secret", 10, CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.OpenReadAsync("link/secret", CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.GetInfoAsync("link/secret", CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.DeleteAsync("link/secret", CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await NamesAsync(store, "link/"));

        (await NamesAsync(store, "")).ShouldBeEmpty();
        Directory.GetFiles(_folder.File("outside")).ShouldBe([_folder.File("outside", "=secret")]);
    }

    [Fact]
    public async Task EveryMethod_LinkedFile_RefusesAndTouchesNothingOutside()
    {
        var store = Open("blobs");
        await File.WriteAllTextAsync(_folder.File("outside"), "secret");
        File.CreateSymbolicLink(_folder.File("blobs", "=link"), _folder.File("outside"));

        var thrown = await Should.ThrowAsync<BlobStoreException>(async () => await store.GetAsync("link", 10, CancellationToken.None));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.PutAsync("link", new byte[1], CancellationToken.None));

        thrown.Message.ShouldContain("=link is a symbolic link");
        (await NamesAsync(store, "")).ShouldBeEmpty();
        (await File.ReadAllTextAsync(_folder.File("outside"))).ShouldBe("secret");
    }

    [Fact]
    public async Task Constructor_FolderBehindALink_IsUsed()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("blobs"), _folder.File("real"));

        await Open("blobs").PutAsync("a", new byte[1], CancellationToken.None);

        (await NamesAsync(Open("real"), "")).ShouldBe(["a"]);
    }

    [Fact]
    public void Constructor_FolderThatCannotBeMade_SaysWhyAndWhatToDo()
    {
        File.WriteAllText(_folder.File("file"), "");

        var thrown = Should.Throw<BlobStoreException>(() => Open(Path.Combine("file", "blobs")));

        thrown.Location.ShouldBe(_folder.File("file", "blobs"));
        thrown.Message.ShouldContain("cannot be written to");
        thrown.Message.ShouldContain("Armature:Storage:Folder");
    }

    [Fact]
    public void Constructor_LeftoversOfDeadWriters_RemovesTheOldOnesAlone()
    {
        Open("blobs");
        var old = _folder.File("blobs", ".unfinished", "old");
        var fresh = _folder.File("blobs", ".unfinished", "fresh");
        File.WriteAllText(old, "");
        File.WriteAllText(fresh, "");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(61));
        File.SetLastWriteTimeUtc(fresh, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(59));

        Open("blobs");

        File.Exists(old).ShouldBeFalse();
        File.Exists(fresh).ShouldBeTrue();
    }

    [Fact]
    public async Task PutAsync_WhateverHappens_LeavesNoUnfinishedFile()
    {
        var store = Open("blobs", new() { MaxBlobBytes = 100, FlushToDisk = true });
        using var broken = new FakeSource(100) { Failing = true };

        await store.PutAsync("a", new byte[100], CancellationToken.None);
        await Should.ThrowAsync<IOException>(() => store.PutAsync("b", broken, CancellationToken.None));
        await Should.ThrowAsync<BlobTooLargeException>(() => store.PutAsync("c", new MemoryStream(new byte[101]), CancellationToken.None));
        await store.TryCreateAsync("a", new byte[1], CancellationToken.None);
        await store.DeleteAsync("a", CancellationToken.None);

        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteAsync_LastBlobOfAFolder_RemovesTheFolder()
    {
        var store = Open("blobs");
        await store.PutAsync("a/b/c", new byte[1], CancellationToken.None);
        await store.PutAsync("a/d", new byte[1], CancellationToken.None);

        await store.DeleteAsync("a/b/c", CancellationToken.None);

        Directory.GetDirectories(_folder.File("blobs", "+a")).ShouldBeEmpty();
        (await NamesAsync(store, "")).ShouldBe(["a/d"]);
    }

    [Fact]
    public async Task ListAsync_FilesOfOthers_AreNotBlobs()
    {
        var store = Open("blobs");
        await File.WriteAllTextAsync(_folder.File("blobs", "readme.txt"), "");
        await File.WriteAllTextAsync(_folder.File("blobs", "=UPPER"), "");
        await File.WriteAllTextAsync(_folder.File("blobs", "g=a"), "");
        Directory.CreateDirectory(_folder.File("blobs", "folder"));

        (await NamesAsync(store, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task PutAsync_TwoStoresOnOneFolder_SeeEachOther()
    {
        var one = Open("blobs");
        var other = Open("blobs");

        await one.PutAsync("a", new byte[1], CancellationToken.None);

        (await other.DeleteAsync("a", CancellationToken.None)).ShouldBeTrue();
        (await one.GetInfoAsync("a", CancellationToken.None)).ShouldBeNull();
    }

    protected override Task<IBlobStore> CreateAsync(StorageOptions options) =>
        Task.FromResult<IBlobStore>(Open(Guid.NewGuid().ToString("N"), options));

    private FolderBlobStore Open(string folder, StorageOptions? options = null) =>
        new(_folder.File(folder), options ?? new(), TimeProvider.System);
}
