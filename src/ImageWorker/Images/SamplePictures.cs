using NetVips;

namespace Armature.Images;

/// <summary>
/// Draws landscapes of about six megapixels that cost a decoder what photographs cost: fine grain, soft gradients, hard edges.
/// One number always gives the same picture.
/// </summary>
public static class SamplePictures
{
    private const int Quality = 90;
    private static readonly (int Width, int Height)[] Sizes = [(3000, 2000), (2000, 3000), (2828, 2121), (3264, 1836), (2449, 2449)];

    /// <summary>Draws one picture as a JPEG. Thread-safe.</summary>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public static byte[] Draw(int number, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        VipsLibrary.EnsureReady();
        using var scope = new VipsScope(cancellationToken);
        var landscape = new SampleLandscape(number, Sizes[number % Sizes.Length], scope);
        return scope.Run(landscape.Paint(), picture => picture.JpegsaveBuffer(q: Quality));
    }
}
