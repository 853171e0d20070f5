using System.Diagnostics;
using System.Text.Json;
using Armature.Testing;

namespace Armature.Rendering.Node;

/// <summary>The renderer as a silo unpacks it, with settings beside it, in a folder of one test's own.</summary>
internal sealed class UnpackedRenderer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private UnpackedRenderer()
    {
    }

    internal static string Node { get; } = TestRequirements.Program("node", "apt-get install nodejs");

    internal string Folder => _folder.Path;

    internal static async Task<UnpackedRenderer> CreateAsync()
    {
        var renderer = new UnpackedRenderer();
        await RendererFiles.WriteAsync(renderer.Folder, TestContext.Current.CancellationToken);
        return renderer;
    }

    /// <summary>What Node prints when it runs with these arguments and ends well.</summary>
    internal static async Task<string> RunNodeAsync(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo(Node, arguments) { RedirectStandardOutput = true })!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.ShouldBe(0);
        return output.Trim();
    }

    /// <summary>Node's arguments for a site.</summary>
    internal string[] Arguments(RendererSite site, params string[] flags)
    {
        var settings = _folder.File("settings.json");
        File.WriteAllText(settings, JsonSerializer.Serialize(new
        {
            root = site.Root,
            adapter = site.Adapter,
            entry = site.Entry,
            template = site.Template,
            origin = site.Origin,
            maxInFlight = site.MaxInFlight,
        }));
        return ["--enable-source-maps", .. flags, _folder.File(RendererFiles.Entry), settings];
    }

    public void Dispose() => _folder.Dispose();
}
