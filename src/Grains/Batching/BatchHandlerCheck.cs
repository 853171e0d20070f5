using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Makes the registry at the start of the silo, so that wrong registrations stop it then and not at the first batch.</summary>
internal sealed class BatchHandlerCheck(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(BatchHandlerCheck),
        ServiceLifecycleStage.RuntimeInitialize,
        _ =>
        {
            services.GetRequiredService<BatchHandlerRegistry>();
            return Task.CompletedTask;
        });
}
