using System.Text;
using Armature.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.TestChild;

/// <summary>A process that owns a pool, to be killed by a test.</summary>
internal static class PoolOwner
{
    internal static async Task<int> RunAsync(string mode, int size)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Armature.Orleans.TestChild");
        var command = ChildCommand.ForDotNet(path);
        command = command with { Arguments = mode == "serve" ? command.Arguments : [.. command.Arguments, mode] };
        await using var pool = new ProcessPool(
            "owned", command, new ProcessPoolOptions { Size = size }, TimeProvider.System, NullLogger<ProcessPool>.Instance);
        await pool.StartAsync(CancellationToken.None);
        var busy = pool.ProcessIds.Select(_ => pool.SendAsync([Encoding.UTF8.GetBytes("hang")], CancellationToken.None)).ToList();
        Console.WriteLine(string.Join(' ', pool.ProcessIds));
        await Task.WhenAll(busy);
        return 0;
    }
}
