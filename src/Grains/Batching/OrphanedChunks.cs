using System.Diagnostics.CodeAnalysis;

namespace Armature.Batching;

/// <summary>Stops what a dead coordinator had sent to this silo: nobody waits for it, and a suspect would keep the silo to itself.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and is cancelled when the silo stops.")]
internal sealed class OrphanedChunks(Node node, ClusterNodes nodes) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(OrphanedChunks), ServiceLifecycleStage.Active + 2, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _running = FollowAsync(_stop.Token);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var dead in nodes.WatchDeadAsync(cancellationToken))
        {
            await node.StopOfAsync(dead);
        }
    }
}
