namespace Armature.Rendering;

/// <summary>Ends the renderer processes after the silo has finished its work.</summary>
internal sealed class RenderingLife(SiteRenderers renderers) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(RenderingLife),
        ServiceLifecycleStage.ApplicationServices,
        static _ => Task.CompletedTask,
        async _ => await renderers.DisposeAsync());
}
