namespace Armature.Images;

/// <summary>Has the image workers warm before the silo takes work, and ends them after it has finished.</summary>
internal sealed class ImageProcesses(ProcessImageProcessor processor) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(ImageProcesses), ServiceLifecycleStage.ApplicationServices, processor.StartAsync, processor.StopAsync);
}
