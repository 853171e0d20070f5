namespace Armature.Images;

/// <summary>The sizes that a variant goes through: what is cut out first, what that is scaled to, and what comes out.</summary>
/// <param name="CropWidth">The width of the part that is cut from the source.</param>
/// <param name="CropHeight">The height of that part.</param>
/// <param name="ScaledWidth">The width it is scaled to.</param>
/// <param name="ScaledHeight">The height it is scaled to.</param>
/// <param name="Width">The width of the output, after overhang is cut off or the box filled up.</param>
/// <param name="Height">The height of the output.</param>
public readonly record struct ImageLayout(
    int CropWidth, int CropHeight, long ScaledWidth, long ScaledHeight, int Width, int Height)
{
    /// <summary>The most pixels that any step of the variant has.</summary>
    public long Pixels => Math.Max(ScaledWidth * ScaledHeight, (long)Width * Height);

    /// <summary>The sizes of a variant from an upright source of the given size.</summary>
    public static ImageLayout For(ImageVariant variant, int sourceWidth, int sourceHeight)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var width = Math.Min(sourceWidth, variant.Cropping?.Width ?? sourceWidth);
        var height = Math.Min(sourceHeight, variant.Cropping?.Height ?? sourceHeight);
        if (variant.Resizing is not { } resize)
        {
            return new(width, height, width, height, width, height);
        }

        var (scaledWidth, scaledHeight) = Scale(resize, width, height);
        return resize.Fit switch
        {
            Fit.Cover => new(
                width, height, scaledWidth, scaledHeight,
                (int)Math.Min(scaledWidth, resize.Width ?? scaledWidth), (int)Math.Min(scaledHeight, resize.Height ?? scaledHeight)),
            Fit.Fill => new(width, height, scaledWidth, scaledHeight, resize.Width ?? (int)scaledWidth, resize.Height ?? (int)scaledHeight),
            _ => new(width, height, scaledWidth, scaledHeight, (int)Math.Min(scaledWidth, int.MaxValue), (int)Math.Min(scaledHeight, int.MaxValue)),
        };
    }

    private static (long Width, long Height) Scale(ImageResize resize, int width, int height)
    {
        var most = resize.Enlargement == Enlargement.Allowed ? double.PositiveInfinity : 1;
        var across = (double)(resize.Width ?? width) / width;
        var down = (double)(resize.Height ?? height) / height;
        if (resize.Fit == Fit.Exact)
        {
            return (Side(width, Math.Min(across, most)), Side(height, Math.Min(down, most)));
        }

        var scale = Math.Min(most, resize switch
        {
            { Width: null } => down,
            { Height: null } => across,
            { Fit: Fit.Cover } => Math.Max(across, down),
            _ => Math.Min(across, down),
        });
        return (Side(width, scale), Side(height, scale));
    }

    private static long Side(int length, double scale) => Math.Max(1, (long)Math.Round(length * scale, MidpointRounding.AwayFromZero));
}
