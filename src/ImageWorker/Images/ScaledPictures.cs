using NetVips;

namespace Armature.Images;

/// <summary>The whole picture at several sizes, from one decode: each is made from a larger one that is there. Ask for the largest first.</summary>
internal sealed class ScaledPictures
{
    /// <summary>
    /// A picture less than this much larger is passed over in favour of the decoded one: resampling again by a small step softens.
    /// From twice the size on, a picture scaled twice can hardly be told from one scaled once.
    /// </summary>
    private const int LeastStep = 2;

    private readonly List<Image> _made = [];
    private readonly VipsScope _scope;

    public ScaledPictures(SourceImage source, int width, int height, ImageColors colors, VipsScope scope)
    {
        _scope = scope;
        Largest = source.Decode(width, height, colors, scope);
        _made.Add(Largest);
    }

    /// <summary>The picture as it was decoded.</summary>
    public Image Largest { get; }

    public Image At(int width, int height)
    {
        if (_made.Find(image => image.Width == width && image.Height == height) is { } same)
        {
            return same;
        }

        var origin = _made
            .Where(image => image.Width >= width * LeastStep && image.Height >= height * LeastStep)
            .MinBy(image => (long)image.Width * image.Height) ?? Largest;
        var made = _scope.Compute(origin.Scale(width, height, _scope));
        _made.Add(made);
        return made;
    }
}
