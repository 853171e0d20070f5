namespace Armature.Images;

/// <summary>A processor that only sees what the guard lets through.</summary>
internal sealed class GuardedImageProcessor(ImageGuard guard, IImageProcessor processor) : IImageProcessor
{
    public async Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken) =>
        await processor.ProcessAsync(guard.Admit(source, plan), plan, cancellationToken);
}
