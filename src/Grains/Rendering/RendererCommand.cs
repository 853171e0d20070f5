using System.Globalization;
using Armature.Hosting;
using Armature.Processes;

namespace Armature.Rendering;

/// <summary>How a renderer process is started.</summary>
internal static class RendererCommand
{
    public static ChildCommand For(NodeVersion node, string program, string settings, ArmatureOptions options)
    {
        var heapMegabytes = (options.Rendering.MemoryLimitBytes >> 20) / 4 * 3;
        return new ChildCommand(
            node.Path,
            $"--max-old-space-size={heapMegabytes.ToString(CultureInfo.InvariantCulture)}",
            "--enable-source-maps",
            Path.Combine(program, RendererFiles.Entry),
            settings)
        {
            Environment = new Dictionary<string, string>(options.Rendering.Environment) { ["NODE_ENV"] = "production" },
        };
    }
}
