using NetVips;

namespace Armature.Images;

/// <summary>An encoded image whose header was read. Sizes are those of one frame, upright when the plan asks for it.</summary>
internal sealed class SourceImage
{
    private const string FailOnError = "fail-on=error";
    private readonly Source _bytes;
    private readonly bool _isUpright;
    private readonly bool _isCmyk;

    private SourceImage(Source bytes, ImageFormat format, Image header, ImageOrientation orientation)
    {
        _bytes = bytes;
        Format = format;
        _isUpright = orientation == ImageOrientation.Upright;
        _isCmyk = header.Interpretation == Enums.Interpretation.Cmyk;
        HasProfile = header.Contains("icc-profile-data");
        HasAlpha = header.HasAlpha();
        Frames = format.CanAnimate() && header.Contains("n-pages") ? (int)header.Get("n-pages") : 1;
        var turned = _isUpright && header.Contains("orientation") && (int)header.Get("orientation") is >= 5 and <= 8;
        (Width, Height) = turned ? (header.Height, header.Width) : (header.Width, header.Height);
    }

    public ImageFormat Format { get; }

    public int Width { get; }

    public int Height { get; }

    public int Frames { get; }

    public bool HasAlpha { get; }

    public bool HasProfile { get; }

    /// <summary>The format of an output: the variant's, or the source's where that can be written.</summary>
    public ImageFormat OutputFormat(ImageVariant variant) => (variant.Encoding.Format, Format) switch
    {
        (ImageFormat.Source, ImageFormat.Tiff) => HasAlpha ? ImageFormat.Png : ImageFormat.Jpeg,
        (ImageFormat.Source, _) => Format,
        (var format, _) => format,
    };

    /// <summary>The frames of an output: 1 unless it stays animated.</summary>
    public int OutputFrames(ImageVariant variant) =>
        variant.Animation == ImageAnimation.Keep && OutputFormat(variant).CanAnimate() ? Frames : 1;

    public static SourceImage Open(ReadOnlyMemory<byte> source, ImageOrientation orientation, VipsScope scope)
    {
        var format = ImageSignature.Detect(source.Span) ?? throw new ImageException(
            ImageErrorCodes.UnsupportedFormat,
            source.IsEmpty
                ? "The source is empty; give JPEG, PNG, WebP, AVIF, GIF or TIFF."
                : "The source is no picture of a known format; give JPEG, PNG, WebP, AVIF, GIF or TIFF.");
        // One copy for header and pixels: each call that is given bytes would make its own.
        var bytes = scope.Own(Source.NewFromMemory(ToArray(source)));
        try
        {
            using var header = Image.NewFromSource(bytes, FailOnError, Enums.Access.Sequential);
            return new(bytes, format, header, orientation);
        }
        catch (VipsException e)
        {
            throw Damaged(format, e);
        }
    }

    /// <summary>Decodes the first frame at a size, with as little work as the format allows (JPEG and WebP shrink while they load).</summary>
    public Image Decode(int width, int height, ImageColors colors, VipsScope scope) => Decode(scope, () =>
    {
        // The option travels in the string: the argument of that name is ignored by thumbnails.
        var image = scope.Own(Image.ThumbnailSource(
            _bytes, width, FailOnError, height, Enums.Size.Force, noRotate: !_isUpright, outputProfile: ProfileFor(colors)));
        return image.Format == Enums.BandFormat.Uchar && image.Interpretation is Enums.Interpretation.Srgb or Enums.Interpretation.Bw
            ? image
            : scope.Own(image.Colourspace(image.Bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb));
    });

    /// <summary>Decodes all frames, one below the other.</summary>
    public Image DecodeFrames(ImageColors colors, VipsScope scope) => Decode(scope, () =>
    {
        var image = scope.Own(Image.NewFromSource(_bytes, $"n=-1,{FailOnError}", Enums.Access.Sequential));
        if (HasProfile && ProfileFor(colors) is { } profile)
        {
            image = scope.Own(image.IccTransform(profile, embedded: true));
        }

        return image.Interpretation == Enums.Interpretation.Srgb ? image : scope.Own(image.Colourspace(Enums.Interpretation.Srgb));
    });

    private Image Decode(VipsScope scope, Func<Image> open)
    {
        try
        {
            return scope.Compute(open());
        }
        catch (VipsException e)
        {
            throw Damaged(Format, e);
        }
    }

    /// <summary>CMYK is converted even where colours are to stay: only JPEG could hold it, and browsers show it wrong.</summary>
    private string? ProfileFor(ImageColors colors) =>
        colors == ImageColors.AsStored && !_isCmyk ? null : HasProfile || _isCmyk ? "srgb" : null;

    // libvips' own text is not passed on: it is shared by all images of a process, and older messages turn up in it.
    private static ImageException Damaged(ImageFormat format, VipsException cause) =>
        new(ImageErrorCodes.DecodeFailed, $"The {format} is damaged, cut off, or of a kind that is not read; send the whole file.", cause);

    private static byte[] ToArray(ReadOnlyMemory<byte> source) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(source, out var segment)
            && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
                ? array
                : source.ToArray();
}
