using System.Diagnostics;

namespace Armature.Benchmarks;

/// <summary>Warm Node processes without anything around them, which render pages one after the other and throw them away.</summary>
internal sealed class BareRenderers : IAsyncDisposable
{
    private readonly Process[] _processes;

    private BareRenderers(Process[] processes) => _processes = processes;

    /// <param name="loop">The program, below that of the suite.</param>
    /// <param name="count">Processes.</param>
    /// <param name="arguments">What the program is given: the module, and a template.</param>
    public static async Task<BareRenderers> StartAsync(string loop, int count, params IReadOnlyList<string> arguments)
    {
        var processes = Enumerable.Range(0, count).Select(_ => Start(loop, arguments)).ToArray();
        foreach (var process in processes)
        {
            await ExpectAsync(process, "ready");
        }

        return new(processes);
    }

    /// <summary>Renders the pages 0 to <paramref name="pages"/> - 1, an equal part in each process.</summary>
    public async Task RunAsync(int pages)
    {
        var each = pages / _processes.Length;
        await Task.WhenAll(_processes.Select(async (process, place) =>
        {
            await process.StandardInput.WriteLineAsync($"{place * each} {((place + 1) * each) - 1}");
            await ExpectAsync(process, "done");
        }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static Process Start(string loop, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Rendering", "Loop", loop), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["NODE_ENV"] = "production" },
        })!;

    private static async Task ExpectAsync(Process process, string word)
    {
        var line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(word, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"Node said '{line}' instead of '{word}'.");
        }
    }
}
