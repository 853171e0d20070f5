using System.Text.Json;
using Armature.Processes;
using Armature.Testing;

namespace Armature.Rendering.Node;

/// <summary>The renderer as a silo unpacks it, with settings beside it, in a folder of one test's own.</summary>
internal sealed class RendererFiles : IDisposable
{
    private const string Prefix = "Armature.Rendering.Node.";

    private readonly TemporaryFolder _folder = new();

    internal RendererFiles()
    {
        var assembly = typeof(ProcessPool).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var file = File.Create(_folder.File(name[Prefix.Length..]));
            using var resource = assembly.GetManifestResourceStream(name)!;
            resource.CopyTo(file);
        }
    }

    internal static string Node { get; } = TestRequirements.Program("node", "apt-get install nodejs");

    internal string Folder => _folder.Path;

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
        return ["--enable-source-maps", .. flags, _folder.File("renderer.mjs"), settings];
    }

    /// <summary>Node's arguments for the plain site.</summary>
    internal string[] PlainArguments(params string[] flags) => Arguments(RendererSite.Plain, flags);

    public void Dispose() => _folder.Dispose();
}
