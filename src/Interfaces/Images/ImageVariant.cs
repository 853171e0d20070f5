using System.Collections.Immutable;

namespace Armature.Images;

/// <summary>
/// One output of a plan. The steps run in a fixed order, whatever the order of the calls:
/// upright, crop, resize, watermarks, encode.
/// </summary>
[GenerateSerializer, Immutable, Alias("armature.images.image-variant")]
public sealed record ImageVariant
{
    /// <summary>The output's name: 1 to 64 of a-z, A-Z, 0-9, '-' and '_'. Unique in its plan.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The part that is cut out first; null for the whole picture.</summary>
    [Id(1)]
    public ImageCrop? Cropping { get; init; }

    /// <summary>The box; null leaves the size as it is.</summary>
    [Id(2)]
    public ImageResize? Resizing { get; init; }

    /// <summary>What is laid over the picture, in this order.</summary>
    [Id(3)]
    public ImmutableArray<ImageWatermark> Watermarks { get; init; } = [];

    /// <summary>How the output is encoded.</summary>
    [Id(4)]
    public ImageEncoding Encoding { get; init; } = ImageEncoding.AsSource;

    /// <summary>What is taken over from the source besides its pixels.</summary>
    [Id(5)]
    public ImageMetadata Metadata { get; init; }

    /// <summary>What transparency is laid on in formats without it, and what <see cref="Fit.Fill"/> fills with.</summary>
    [Id(6)]
    public ImageColor BackgroundColor { get; init; } = ImageColor.White;

    /// <summary>What becomes of an animation.</summary>
    [Id(7)]
    public ImageAnimation Animation { get; init; }

    /// <summary>Brings the picture into a box.</summary>
    /// <param name="width">The box's width; null leaves it open.</param>
    /// <param name="height">The box's height; null leaves it open.</param>
    /// <param name="fit">How the picture is brought into the box.</param>
    /// <param name="gravity">Which part <see cref="Fit.Cover"/> keeps, and where <see cref="Fit.Fill"/> puts the picture.</param>
    public ImageVariant Resize(int? width, int? height = null, Fit fit = Fit.Inside, Gravity gravity = Gravity.Center) =>
        this with { Resizing = new(width, height, fit, gravity, Resizing?.Enlargement ?? Enlargement.Never) };

    /// <summary>Lets a small picture become as large as <see cref="Resize"/> says. Call it after <see cref="Resize"/>.</summary>
    /// <exception cref="ImageException">There is no size to enlarge to.</exception>
    public ImageVariant Enlarge() => Resizing is null
        ? throw new ImageException(ImageErrorCodes.PlanInvalid, $"Variant {Name}: Enlarge needs a size; call Resize before it.")
        : this with { Resizing = Resizing with { Enlargement = Enlargement.Allowed } };

    /// <summary>Cuts a part from the upright picture at its full size, before it is resized.</summary>
    public ImageVariant Crop(int width, int height, Gravity gravity = Gravity.Center) =>
        this with { Cropping = new(width, height, gravity) };

    /// <summary>Sets what transparency is laid on in formats without it, and what <see cref="Fit.Fill"/> fills with.</summary>
    public ImageVariant Background(ImageColor color) => this with { BackgroundColor = color };

    /// <summary>Lays a picture over the variant.</summary>
    /// <param name="image">The encoded picture: JPEG, PNG, WebP, AVIF or GIF. It must not be changed afterwards.</param>
    /// <param name="position">Where it is placed.</param>
    /// <param name="opacity">From 0, invisible, to 1.</param>
    /// <param name="scale">Its width as a part of the variant's width.</param>
    public ImageVariant Watermark(byte[] image, Gravity position = Gravity.SouthEast, double opacity = 1, double scale = 0.25) =>
        Watermark(new ImageWatermark { Image = image, Position = position, Opacity = opacity, Scale = scale });

    /// <summary>Lays a text over the variant, in the font of the silo's option <c>Images.FontFile</c> or a font of its system.</summary>
    /// <param name="text">The text; one line or several.</param>
    /// <param name="position">Where it is placed.</param>
    /// <param name="opacity">From 0, invisible, to 1.</param>
    /// <param name="scale">Its width as a part of the variant's width.</param>
    /// <param name="color">Its colour; white when it is null.</param>
    public ImageVariant WatermarkText(
        string text, Gravity position = Gravity.SouthEast, double opacity = 1, double scale = 0.25, ImageColor? color = null) =>
        Watermark(new ImageWatermark
        {
            Text = text, Position = position, Opacity = opacity, Scale = scale, Color = color ?? ImageColor.White,
        });

    /// <summary>Lays a picture or a text over the variant.</summary>
    public ImageVariant Watermark(ImageWatermark watermark) => this with { Watermarks = Watermarks.Add(watermark) };

    /// <summary>Writes JPEG.</summary>
    public ImageVariant Jpeg(int? quality = null) => Encode(new(ImageFormat.Jpeg, quality));

    /// <summary>Writes PNG.</summary>
    public ImageVariant Png(int? effort = null) => Encode(new(ImageFormat.Png, Effort: effort));

    /// <summary>Writes WebP; animated when the source is.</summary>
    public ImageVariant WebP(int? quality = null, int? effort = null) => Encode(new(ImageFormat.WebP, quality, effort));

    /// <summary>Writes AVIF.</summary>
    public ImageVariant Avif(int? quality = null, int? effort = null) => Encode(new(ImageFormat.Avif, quality, effort));

    /// <summary>Writes GIF; animated when the source is.</summary>
    public ImageVariant Gif(int? effort = null) => Encode(new(ImageFormat.Gif, Effort: effort));

    /// <summary>Sets how the output is encoded.</summary>
    public ImageVariant Encode(ImageEncoding encoding) => this with { Encoding = encoding };

    /// <summary>Takes over metadata from the source.</summary>
    public ImageVariant Keep(ImageMetadata metadata) => this with { Metadata = metadata };

    /// <summary>Takes only the first frame of an animation.</summary>
    public ImageVariant FirstFrame() => this with { Animation = ImageAnimation.FirstFrame };
}
