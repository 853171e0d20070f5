using Armature.Hosting;
using Armature.Testing;

namespace Armature.Storage;

/// <summary>What is allocated is counted for the whole process: nothing else runs beside these tests.</summary>
[CollectionDefinition(nameof(LargeBlobTests), DisableParallelization = true)]
[Collection(nameof(LargeBlobTests))]
public sealed class LargeBlobTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private const int Length = 64 << 20;
    private const int AllowedBytes = 8 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task FolderBlobStore_64MiB_StreamsInAndOutWithFlatMemory() =>
        StreamInAndOutAsync(new FolderBlobStore(_folder.Path, new(), TimeProvider.System));

    [Fact]
    public Task AzureBlobStore_64MiB_StreamsInAndOutWithFlatMemory()
    {
        var options = new StorageOptions { AzureConnectionString = azurite.Server.ConnectionString };
        return StreamInAndOutAsync(new AzureBlobStore(AzureContainer.Open(options), options));
    }

    private static async Task StreamInAndOutAsync(IBlobStore store)
    {
        // The first calls load code and make connections.
        await store.PutAsync("small", new MemoryStream(new byte[1]), CancellationToken.None);
        await store.GetAsync("small", 1, CancellationToken.None);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await using (var source = new FakeSource(Length))
        {
            await store.PutAsync("large", source, CancellationToken.None);
        }

        (await ReadAsync(store)).ShouldBe(Length);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(AllowedBytes);
    }

    private static async Task<long> ReadAsync(IBlobStore store)
    {
        await using var stream = await store.OpenReadAsync("large", CancellationToken.None);
        var buffer = new byte[128 << 10];
        var expected = new byte[buffer.Length];
        long position = 0;
        while (await stream!.ReadAsync(buffer, CancellationToken.None) is var read and > 0)
        {
            FakeSource.Fill(expected.AsSpan(0, read), position);
            buffer.AsSpan(0, read).SequenceEqual(expected.AsSpan(0, read)).ShouldBeTrue();
            position += read;
        }

        return position;
    }
}
