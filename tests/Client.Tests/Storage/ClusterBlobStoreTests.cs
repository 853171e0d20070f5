using Armature.Testing;
using Orleans.Runtime;

namespace Armature.Storage;

public sealed class ClusterBlobStoreTests(ClosedStorageCluster cluster) : IClassFixture<ClosedStorageCluster>
{
    private const int MiB = 1 << 20;

    private readonly string _name = $"payloads/{Guid.NewGuid():N}";

    private static CancellationToken Never => CancellationToken.None;

    [Theory]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData(MiB + 1)]
    [InlineData((5 * MiB) + 7)]
    public async Task PutAsync_AnySize_ArrivesWholeAndIsReadBack(int length)
    {
        var bytes = FakeSource.Bytes(length);

        await cluster.ClientStore.PutAsync(_name, bytes, Never);

        (await cluster.SiloStore.GetAsync(_name, length, Never)).ShouldBe(bytes);
        (await cluster.ClientStore.GetAsync(_name, length, Never)).ShouldBe(bytes);
        (await cluster.ClientStore.ReadRangeAsync(_name, 5, length, Never))!.Bytes.ShouldBe(bytes[5..]);
        (await ReadStreamAsync()).ShouldBe(bytes);
    }

    [Fact]
    public async Task PutAsync_StreamThatCannotSeek_ArrivesWhole()
    {
        using var content = new FakeSource((3 * MiB) + 5);

        await cluster.ClientStore.PutAsync(_name, content, Never);

        (await cluster.SiloStore.GetAsync(_name, 8 * MiB, Never)).ShouldBe(FakeSource.Bytes((3 * MiB) + 5));
    }

    [Fact]
    public async Task PutAsync_SourceThatFailsInTheMiddle_LeavesNothingAndFreesTheSlot()
    {
        using var content = new FakeSource(4 * MiB) { Failing = true };

        await Should.ThrowAsync<IOException>(() => cluster.ClientStore.PutAsync(_name, content, Never));

        (await cluster.SiloStore.GetInfoAsync(_name, Never)).ShouldBeNull();
        await UploadsShouldWorkAsync();
    }

    [Fact]
    public async Task PutAsync_CancelledInTheMiddle_LeavesNothingAndFreesTheSlot()
    {
        using var content = new FakeSource(4 * MiB) { Pausing = true };
        using var cancellation = new CancellationTokenSource();
        var put = cluster.ClientStore.PutAsync(_name, content, cancellation.Token);
        await content.Paused;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => put);
        (await cluster.SiloStore.GetInfoAsync(_name, Never)).ShouldBeNull();
        await UploadsShouldWorkAsync();
    }

    [Fact]
    public async Task PutAsync_LargerThanClientsMaySend_ThrowsAndLeavesNothing()
    {
        using var content = new FakeSource((8 * MiB) + 1);

        var thrown = await Should.ThrowAsync<BlobTooLargeException>(() => cluster.ClientStore.PutAsync(_name, content, Never));

        thrown.Allowed.ShouldBe(8 * MiB);
        thrown.Limit.ShouldBe("Armature:Storage:MaxClientBlobBytes");
        (await cluster.SiloStore.GetInfoAsync(_name, Never)).ShouldBeNull();
        await UploadsShouldWorkAsync();
    }

    [Fact]
    public async Task PutAsync_StoreThatRefuses_TellsItsReason()
    {
        var store = cluster.SiloStore;
        cluster.SiloStore = new InMemoryBlobStore(maxBlobBytes: 2 * MiB);
        using var content = new FakeSource(6 * MiB);

        var thrown = await Should.ThrowAsync<BlobTooLargeException>(() => cluster.ClientStore.PutAsync(_name, content, Never));

        thrown.Limit.ShouldBe("Armature:Storage:MaxBlobBytes");
        cluster.SiloStore = store;
        await UploadsShouldWorkAsync();
    }

    [Fact]
    public async Task PutAsync_UploadLostInTheMiddle_StartsAgain()
    {
        var bytes = FakeSource.Bytes(5 * MiB);
        await using var content = new InterruptedStream(bytes, 3 * MiB, LoseUploadsAsync);

        await cluster.ClientStore.PutAsync(_name, content, Never);

        (await cluster.SiloStore.GetAsync(_name, 8 * MiB, Never)).ShouldBe(bytes);
    }

    [Fact]
    public async Task AppendAsync_AfterThePiecesBeforeWereLost_SaysSo()
    {
        var upload = cluster.Grains.GetGrain<IBlobUploadGrain>(Guid.NewGuid());
        await upload.AppendAsync(_name, new(0, new byte[10]), Never);

        await LoseUploadsAsync();

        await Should.ThrowAsync<BlobUploadLostException>(() => upload.AppendAsync(_name, new(10, new byte[10]), Never));
        await Should.ThrowAsync<BlobUploadLostException>(() => upload.CompleteAsync(_name, 10, Never));
        (await cluster.SiloStore.GetInfoAsync(_name, Never)).ShouldBeNull();
        await UploadsShouldWorkAsync();
    }

    [Fact]
    public async Task AppendAsync_SentTwice_IsTakenOnce()
    {
        var upload = cluster.Grains.GetGrain<IBlobUploadGrain>(Guid.NewGuid());

        (await upload.AppendAsync(_name, new(0, [1, 2]), Never)).ShouldBe(2);
        (await upload.AppendAsync(_name, new(0, [1, 2]), Never)).ShouldBe(2);
        (await upload.AppendAsync(_name, new(2, [3]), Never)).ShouldBe(3);
        (await upload.CompleteAsync(_name, 3, Never)).ShouldBeTrue();
        (await upload.CompleteAsync(_name, 3, Never)).ShouldBeTrue();

        (await cluster.SiloStore.GetAsync(_name, 10, Never)).ShouldBe([1, 2, 3]);
        await upload.AbortAsync(Never);
    }

    [Fact]
    public async Task AppendAsync_PieceThatIsTooLarge_Throws()
    {
        var upload = cluster.Grains.GetGrain<IBlobUploadGrain>(Guid.NewGuid());
        var door = cluster.Grains.GetGrain<IBlobDoorGrain>(0);
        var piece = new BlobPiece(0, new byte[BlobPiece.MaxBytes + 1]);

        await Should.ThrowAsync<BlobTooLargeException>(() => upload.AppendAsync(_name, piece, Never));
        await Should.ThrowAsync<BlobTooLargeException>(() => door.PutAsync(_name, piece, Never));
    }

    [Fact]
    public async Task OpenReadAsync_ReplacedWhileReading_SaysSo()
    {
        await cluster.ClientStore.PutAsync(_name, new byte[3 * MiB], Never);
        await using var stream = await cluster.ClientStore.OpenReadAsync(_name, Never);
        await stream!.ReadExactlyAsync(new byte[10], Never);

        await cluster.ClientStore.PutAsync(_name, new byte[3 * MiB], Never);

        (await Should.ThrowAsync<BlobChangedException>(async () => await stream.CopyToAsync(Stream.Null, Never))).Name.ShouldBe(_name);
    }

    [Theory]
    [InlineData("armature/store-id")]
    [InlineData("payload")]
    [InlineData("payloads")]
    [InlineData("Payloads/a")]
    public async Task EveryMethod_NameThatIsNotForClients_ThrowsWithWhatIs(string name)
    {
        var store = cluster.ClientStore;
        await cluster.SiloStore.PutAsync(name, new byte[1], Never);

        var thrown = await Should.ThrowAsync<BlobNotAllowedException>(() => store.PutAsync(name, new byte[2], Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.PutAsync(name, new byte[2 * MiB], Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.TryCreateAsync(name, new byte[2], Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.GetAsync(name, 1, Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.ReadRangeAsync(name, 0, 1, Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.OpenReadAsync(name, Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.GetInfoAsync(name, Never));
        await Should.ThrowAsync<BlobNotAllowedException>(() => store.DeleteAsync(name, Never));
        await Should.ThrowAsync<BlobNotAllowedException>(async () => await NamesAsync(name));

        thrown.Name.ShouldBe(name);
        thrown.Message.ShouldContain("batches/, payloads/");
        (await cluster.SiloStore.GetInfoAsync(name, Never))!.Length.ShouldBe(1);
    }

    [Fact]
    public async Task ListAsync_ThousandsOfBlobs_GivesThemAll()
    {
        for (var i = 0; i < 2500; i++)
        {
            await cluster.SiloStore.PutAsync($"{_name}/{i}", new byte[1], Never);
        }

        (await NamesAsync($"{_name}/")).Distinct().Count().ShouldBe(2500);
    }

    private Task LoseUploadsAsync() => cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    // Each of the two silos takes one upload at a time: had one kept its slot, one of these would wait for ever.
    private async Task UploadsShouldWorkAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            await cluster.ClientStore.PutAsync($"payloads/{Guid.NewGuid():N}", FakeSource.Bytes(MiB), Never).WaitAsync(TimeSpan.FromSeconds(60), Never);
        }
    }

    private async Task<byte[]> ReadStreamAsync()
    {
        await using var stream = await cluster.ClientStore.OpenReadAsync(_name, Never);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, 100_000, Never);
        return copy.ToArray();
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in cluster.ClientStore.ListAsync(prefix, Never))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
