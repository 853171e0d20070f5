using Armature.CommandLine;
using Armature.Images;
using Armature.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Hosting;

public sealed class EmbeddedSiloTests
{
    [Fact]
    public async Task StartAsync_NothingChosen_StartsNeitherImageWorkersNorRendering()
    {
        await using var silo = await StartAsync(static _ => { });

        silo.Services.GetService<IImageProcessor>().ShouldBeNull();
        silo.Services.GetService<SiteRenderers>().ShouldBeNull();
    }

    [Fact]
    public async Task StartAsync_RenderingChosen_StartsNoImageWorkers()
    {
        await using var silo = await StartAsync(static options => options.Rendering.Enabled = true);

        silo.Services.GetService<IImageProcessor>().ShouldBeNull();
        silo.Services.GetService<SiteRenderers>().ShouldNotBeNull();
    }

    private static Task<EmbeddedSilo> StartAsync(Action<ArmatureOptions> choose) =>
        EmbeddedSilo.StartAsync(Verbosity.Quiet, choose, static _ => { }, TimeProvider.System, TestContext.Current.CancellationToken);
}
