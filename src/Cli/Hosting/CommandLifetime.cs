using Microsoft.Extensions.Hosting;

namespace Armature.Hosting;

/// <summary>A host that lives as long as its command: Ctrl-C belongs to the command, which cancels its work first.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
