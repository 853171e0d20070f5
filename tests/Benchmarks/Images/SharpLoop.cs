using System.Diagnostics;
using System.Globalization;
using Armature.Testing;

namespace Armature.Benchmarks;

/// <summary>npm's sharp in a warm Node process, which runs over all pictures each time it is told to.</summary>
internal sealed class SharpLoop : IAsyncDisposable
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Images", "Sharp");

    private readonly TemporaryFolder _folder;
    private readonly Process _node;

    private SharpLoop(TemporaryFolder folder, Process node)
    {
        _folder = folder;
        _node = node;
    }

    /// <summary>Installs sharp into a folder of its own and starts Node with as many threads as we have.</summary>
    public static async Task<SharpLoop> StartAsync(string pictures, int threads)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Sources))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        using (var npm = Start("npm", folder.Path, ["ci", "--silent", "--no-audit", "--no-fund"], threads))
        {
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException("npm could not install sharp: is Node with npm installed, and a registry reachable?");
            }
        }

        var loop = new SharpLoop(folder, Start("node", folder.Path, ["loop.mjs", pictures, threads.ToString(CultureInfo.InvariantCulture)], threads));
        await loop.ReadAsync("ready");
        return loop;
    }

    public async Task RunAsync()
    {
        await _node.StandardInput.WriteLineAsync();
        await ReadAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
        _folder.Dispose();
    }

    private async Task ReadAsync(string expected)
    {
        var line = await _node.StandardOutput.ReadLineAsync();
        if (line != expected)
        {
            throw new InvalidOperationException($"The sharp loop said '{line}' instead of '{expected}'.");
        }
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
