using System.Diagnostics;
using System.Globalization;
using Armature.Testing;

namespace Armature.Benchmarks;

/// <summary>An npm package in a warm Node process, which does its work each time it is told to.</summary>
internal sealed class NodeLoop : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _node;

    private NodeLoop(TemporaryFolder folder, Process node)
    {
        _folder = folder;
        _node = node;
    }

    /// <summary>Installs the package into a folder of its own and starts Node.</summary>
    /// <param name="sources">The folder with package.json, its lock file and loop.mjs, below that of the program.</param>
    /// <param name="threads">Threads of Node's pool.</param>
    /// <param name="arguments">What loop.mjs is given.</param>
    public static async Task<NodeLoop> StartAsync(string sources, int threads, params IEnumerable<string> arguments)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, sources)))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        using (var npm = Start("npm", folder.Path, ["ci", "--silent", "--no-audit", "--no-fund"], threads))
        {
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException("npm could not install the package: is Node with npm installed, and a registry reachable?");
            }
        }

        var loop = new NodeLoop(folder, Start("node", folder.Path, ["loop.mjs", .. arguments], threads));
        await loop.ReadAsync("ready");
        return loop;
    }

    /// <summary>Runs once.</summary>
    /// <returns>What it says of the work.</returns>
    public async Task<string> RunAsync()
    {
        await _node.StandardInput.WriteLineAsync();
        return await ReadAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ReadAsync(string expected)
    {
        var line = await _node.StandardOutput.ReadLineAsync();
        return line is not null && line.StartsWith(expected, StringComparison.Ordinal)
            ? line[expected.Length..].Trim()
            : throw new InvalidOperationException($"Node said '{line}' instead of '{expected}'.");
    }

    private static Process Start(string program, string folder, IEnumerable<string> arguments, int threads)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["UV_THREADPOOL_SIZE"] = threads.ToString(CultureInfo.InvariantCulture) },
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
