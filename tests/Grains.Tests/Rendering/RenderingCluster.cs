using Armature.Hosting;
using Armature.Testing;

namespace Armature.Rendering;

/// <summary>A silo that renders and caches, for all tests of a class. Its processes stay warm from test to test.</summary>
public sealed class RenderingCluster : IAsyncLifetime
{
    private ArmatureCluster? _cluster;

    internal ArmatureCluster Cluster => _cluster!;

    internal RenderingClient Client => _cluster!.Client.Rendering;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        1, options: Configure, silo: static builder =>
        {
            var options = new ArmatureOptions();
            Configure(options);
            builder.AddMembership().AddCaching().AddRendering(options);
        });

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    private static void Configure(ArmatureOptions options)
    {
        options.Rendering.Processes = 2;
        options.Rendering.MemoryLimitBytes = 256 << 20;
    }
}
