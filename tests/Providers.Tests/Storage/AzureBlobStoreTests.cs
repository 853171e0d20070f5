using Armature.Hosting;

namespace Armature.Storage;

public sealed class AzureBlobStoreTests(AzuriteFixture azurite) : BlobStoreContract, IClassFixture<AzuriteFixture>
{
    protected override int Histories => 15;

    [Fact]
    public async Task GetAsync_ContainerThatIsNotThere_AnswersNull()
    {
        var store = await CreateAsync(new());

        (await store.GetAsync("a", 1, CancellationToken.None)).ShouldBeNull();
        (await store.DeleteAsync("a", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task PutAsync_AzureRefuses_SaysWhereAndWhatToCheck()
    {
        var store = Open(new(), azurite.Server.ConnectionString.Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal));

        var thrown = await Should.ThrowAsync<BlobStoreException>(() => store.PutAsync("a", new byte[1], CancellationToken.None));

        thrown.Location.ShouldStartWith("http://127.0.0.1:");
        thrown.Message.ShouldContain("Armature:Storage:AzureConnectionString");
    }

    [Fact]
    public void Open_NothingConfigured_SaysWhatIsMissing() =>
        Should.Throw<InvalidOperationException>(() => AzureContainer.Open(new())).Message.ShouldContain("AzureServiceUri");

    [Fact]
    public void Location_SignedAddress_HoldsNoSignature()
    {
        var options = new StorageOptions { AzureServiceUri = new("https://account.blob.core.windows.net/?sv=2024&sig=secret") };

        new AzureBlobStore(AzureContainer.Open(options), options).Location.ShouldBe("https://account.blob.core.windows.net/armature");
    }

    protected override Task<IBlobStore> CreateAsync(StorageOptions options) =>
        Task.FromResult<IBlobStore>(Open(options, azurite.Server.ConnectionString));

    private static AzureBlobStore Open(StorageOptions options, string connectionString)
    {
        options.AzureConnectionString = connectionString;
        options.AzureContainer = $"test-{Guid.NewGuid():N}";
        return new(AzureContainer.Open(options), options);
    }
}
