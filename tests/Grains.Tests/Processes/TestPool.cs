using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.Processes;

/// <summary>A pool of test children, and requests to it as text.</summary>
internal sealed class TestPool : IAsyncDisposable
{
    private TestPool(ProcessPool pool) => Pool = pool;

    internal ProcessPool Pool { get; }

    internal static string ChildPath { get; } = Path.Combine(AppContext.BaseDirectory, "Armature.Orleans.TestChild");

    internal static ChildCommand Command(params string[] arguments)
    {
        var command = ChildCommand.ForDotNet(ChildPath);
        return command with { Arguments = [.. command.Arguments, .. arguments] };
    }

    internal static TestPool Create(ProcessPoolOptions options, TimeProvider time, params string[] arguments) =>
        new(new ProcessPool("test", Command(arguments), options, time, NullLogger<ProcessPool>.Instance));

    internal static Task<TestPool> StartAsync(params string[] arguments) => StartAsync(Options(), TimeProvider.System, arguments);

    internal static async Task<TestPool> StartAsync(ProcessPoolOptions options, TimeProvider time, params string[] arguments)
    {
        var pool = Create(options, time, arguments);
        await pool.Pool.StartAsync(TestContext.Current.CancellationToken);
        return pool;
    }

    /// <summary>One child, and no limit of time that a loaded machine could reach.</summary>
    internal static ProcessPoolOptions Options() => new()
    {
        Size = 1,
        RequestTimeout = TimeSpan.FromMinutes(10),
        StartTimeout = TimeSpan.FromMinutes(5),
        StopTimeout = TimeSpan.FromMinutes(5),
    };

    internal async Task<string> AskAsync(string request, CancellationToken cancellationToken)
    {
        using var answer = await Pool.SendAsync([Encoding.UTF8.GetBytes(request)], cancellationToken);
        return Encoding.UTF8.GetString(answer.Payload.Span);
    }

    internal Task<string> AskAsync(string request) => AskAsync(request, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
