using System.Globalization;
using Armature.Hosting;
using Armature.Processes;

namespace Armature.Rendering;

/// <summary>How a renderer process is started.</summary>
internal static class RendererCommand
{
    public static ChildCommand For(NodeVersion node, SiteFiles files, ArmatureOptions options)
    {
        var heapMegabytes = (options.Rendering.MemoryLimitBytes >> 20) / 4 * 3;
        return new ChildCommand(
            node.Path,
            $"--max-old-space-size={heapMegabytes.ToString(CultureInfo.InvariantCulture)}",
            "--enable-source-maps",
            Path.Combine(files.Program, RendererFiles.Entry),
            files.Settings)
        {
            Environment = new Dictionary<string, string>(options.Rendering.Environment) { ["NODE_ENV"] = "production" },
        };
    }
}
