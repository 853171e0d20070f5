using Armature.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Rendering;

/// <summary>How often a bundle is written to the blob store.</summary>
public sealed class SiteSenderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryBlobStore _blobs;
    private readonly SiteSender _sender;
    private readonly Site _site;

    public SiteSenderTests()
    {
        _blobs = new(_time);
        _sender = new(_blobs, _time);
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("server").FullName, "site.mjs"), "export const render = () => '';");
        _site = Site.Open(_folder.FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task SendAsync_Again_IsWrittenOnce()
    {
        await SendAsync();
        var written = await WrittenAtAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        await SendAsync();

        (await WrittenAtAsync()).ShouldBe(written);
    }

    [Fact]
    public async Task SendAsync_ByAnotherClient_IsNotWrittenAgain()
    {
        await SendAsync();
        var written = await WrittenAtAsync();
        _time.Advance(TimeSpan.FromHours(23));
        await new SiteSender(_blobs, _time).SendAsync(_site, Token);

        (await WrittenAtAsync()).ShouldBe(written);
    }

    [Fact]
    public async Task SendAsync_InUseForDays_IsWrittenAnew()
    {
        await SendAsync();
        _time.Advance(TimeSpan.FromHours(25));
        await SendAsync();

        (await WrittenAtAsync()).ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public async Task SendAsync_DeletedMeanwhile_IsNoticedWithinAnHour()
    {
        await SendAsync();
        await _blobs.DeleteAsync(_site.Description.BlobName, Token);
        _time.Advance(TimeSpan.FromMinutes(61));
        await SendAsync();

        (await WrittenAtAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task SendAsync_FolderChangedSinceItWasOpened_IsRefusedAndMayBeTriedAgain()
    {
        File.AppendAllText(Path.Combine(_folder.FullName, "server", "site.mjs"), " // changed");

        (await Should.ThrowAsync<RenderException>(SendAsync)).Message.ShouldContain("changed");
        (await WrittenAtAsync()).ShouldBeNull();
        (await Should.ThrowAsync<RenderException>(SendAsync)).Code.ShouldBe(RenderErrorCodes.SiteUnusable);
    }

    [Fact]
    public async Task SendAsync_FileGoneSinceItWasOpened_IsRefused()
    {
        File.Delete(Path.Combine(_folder.FullName, "server", "site.mjs"));

        (await Should.ThrowAsync<RenderException>(SendAsync)).Message.ShouldContain("changed");
    }

    private Task SendAsync() => _sender.SendAsync(_site, Token);

    private async Task<DateTimeOffset?> WrittenAtAsync() => (await _blobs.GetInfoAsync(_site.Description.BlobName, Token))?.WrittenAt;

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
