using System.Globalization;
using Armature.Hosting;
using Armature.Processes;

namespace Armature.Rendering;

/// <summary>How a renderer process is started.</summary>
internal static class RendererCommand
{
    public static ChildCommand For(NodeVersion node, SiteFiles files, string settings, ArmatureOptions options)
    {
        var heapMegabytes = (options.Rendering.MemoryLimitBytes >> 20) / 4 * 3;
        string[] arguments =
        [
            $"--max-old-space-size={heapMegabytes.ToString(CultureInfo.InvariantCulture)}",
            "--enable-source-maps",
            .. options.Rendering.Confine && OperatingSystem.IsLinux() ? Permissions(node.Version, files) : [],
            Path.Combine(files.Program, RendererFiles.Entry),
            settings,
        ];
        return new ChildCommand(node.Path, arguments)
        {
            Environment = new Dictionary<string, string>(options.Rendering.Environment) { ["NODE_ENV"] = "production" },
        };
    }

    // nodejs.org/api/permissions.html: the flag was renamed in 22.13 and 23.5, and the network became a permission in 25.
    private static IEnumerable<string> Permissions(Version node, SiteFiles files)
    {
        var isRenamed = node.Major >= 24 || (node.Major == 23 && node.Minor >= 5) || (node.Major == 22 && node.Minor >= 13);
        yield return isRenamed ? "--permission" : "--experimental-permission";
        yield return $"--allow-fs-read={files.Program}";
        yield return $"--allow-fs-read={files.Root}";
        if (!isRenamed)
        {
            // Its warning that it is one would be among the last words of every process.
            yield return "--disable-warning=ExperimentalWarning";
        }

        if (node.Major >= 25)
        {
            yield return "--allow-net";
        }
    }
}
