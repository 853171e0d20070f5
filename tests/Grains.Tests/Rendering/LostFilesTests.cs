using Armature.Testing;

namespace Armature.Rendering;

/// <summary>A silo whose temporary folder is tidied while it runs.</summary>
public sealed class LostFilesTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>
{
    [Fact]
    public async Task RenderAsync_FilesOfTheSiteWereRemoved_FetchesThemAgain()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("server"));
        await File.WriteAllTextAsync(
            folder.File("server/index.mjs"),
            "export const render = path => path === '/exit' ? process.exit(1) : import.meta.dirname;",
            TestContext.Current.CancellationToken);
        var site = Site.Open(folder.Path);
        var before = await RenderAsync(site, "/");
        Directory.Delete(Path.GetDirectoryName(before)!, recursive: true);

        // A process is needed in the place of the one that ends, and cannot be started.
        (await Should.ThrowAsync<RenderException>(() => RenderAsync(site, "/exit"))).Code.ShouldBe(RenderErrorCodes.RendererDied);

        var after = await RenderAsync(site, "/");
        after.ShouldNotBe(before);
    }

    private async Task<string> RenderAsync(Site site, string route) =>
        (await cluster.Client.RenderAsync(site, route, cancellationToken: TestContext.Current.CancellationToken)).Html;
}
