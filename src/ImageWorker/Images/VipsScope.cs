using NetVips;

namespace Armature.Images;

/// <summary>Holds what one call has of native memory and frees them together, and lets a cancelled call stop libvips between strips.</summary>
internal sealed class VipsScope(CancellationToken cancellationToken) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public T Own<T>(T native)
        where T : IDisposable
    {
        _owned.Add(native);
        return native;
    }

    /// <summary>Computes the image's pixels now, so that they are computed once and a damaged source fails here.</summary>
    public Image Compute(Image image) => Own(Run(image, i => i.CopyMemory()));

    /// <summary>Runs what makes libvips compute.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public T Run<T>(Image image, Func<Image, T> action)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = cancellationToken.Register(() => image.SetKill(true));
        try
        {
            return action(image);
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose()
    {
        for (var i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }
    }
}
