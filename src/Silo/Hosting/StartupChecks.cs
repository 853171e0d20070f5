using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>Runs the startup checks once, in order of registration, before any hosted service starts.</summary>
internal sealed class StartupChecks(IOptions<ArmatureOptions> options, IEnumerable<IStartupCheck> checks) : IHostedLifecycleService
{
    private Task? _checked;

    /// <summary>Runs the checks, unless they were run before.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => _checked ??= CheckOnceAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => CheckAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckOnceAsync(CancellationToken cancellationToken)
    {
        _ = options.Value;
        foreach (var check in checks)
        {
            await check.CheckAsync(cancellationToken);
        }
    }
}
