using NetVips;

namespace Armature.Images;

/// <summary>Writes an image in a format. The defaults are chosen for the time they take beside the bytes they save (docs/images.md).</summary>
internal static class ImageEncoder
{
    public const int JpegQuality = 80;
    public const int WebPQuality = 80;
    public const int AvifQuality = 60;

    /// <summary>Effort 4, the encoder's own default, takes 2.3 times as long for 4 % fewer bytes.</summary>
    public const int WebPEffort = 2;

    /// <summary>Effort 4 takes 6 times as long; 0 is 4 times as fast and visibly larger.</summary>
    public const int AvifEffort = 2;

    public const int GifEffort = 7;
    public const int PngEffort = 7;

    public static byte[] Encode(Image image, ImageFormat format, ImageVariant variant)
    {
        var encoding = variant.Encoding;
        var keep = KeepFor(variant.Metadata);
        return format switch
        {
            // Huffman tables of its own would double the time of a JPEG for a few percent of its bytes.
            ImageFormat.Jpeg => image.JpegsaveBuffer(q: encoding.Quality ?? JpegQuality, optimizeCoding: false, keep: keep),
            ImageFormat.Png => image.PngsaveBuffer(compression: (encoding.Effort ?? PngEffort) - 1, keep: keep),
            ImageFormat.WebP => image.WebpsaveBuffer(
                q: encoding.Quality ?? WebPQuality, lossless: IsLossless(encoding), effort: encoding.Effort ?? WebPEffort, keep: keep),
            ImageFormat.Avif => image.HeifsaveBuffer(
                q: encoding.Quality ?? AvifQuality, lossless: IsLossless(encoding), bitdepth: 8, compression: Enums.ForeignHeifCompression.Av1,
                effort: encoding.Effort ?? AvifEffort, keep: keep),
            ImageFormat.Gif => image.GifsaveBuffer(effort: encoding.Effort ?? GifEffort, keep: keep),
            _ => throw new ImageException(ImageErrorCodes.PlanInvalid, $"{format} is not written; choose JPEG, PNG, WebP, AVIF or GIF."),
        };
    }

    /// <summary>Lays transparency on the variant's background where the format has none.</summary>
    public static Image Flatten(Image image, ImageFormat format, ImageVariant variant, VipsScope scope) =>
        format != ImageFormat.Jpeg || !image.HasAlpha()
            ? image
            : scope.Own(image.Flatten(image.Bands == 2 ? GrayOf(variant.BackgroundColor) : variant.BackgroundColor.ToBands()));

    private static bool IsLossless(ImageEncoding encoding) => encoding.Compression == ImageCompression.Lossless;

    private static Enums.ForeignKeep KeepFor(ImageMetadata metadata)
    {
        var keep = Enums.ForeignKeep.None;
        keep |= metadata.HasFlag(ImageMetadata.Exif) ? Enums.ForeignKeep.Exif : 0;
        keep |= metadata.HasFlag(ImageMetadata.Xmp) ? Enums.ForeignKeep.Xmp : 0;
        keep |= metadata.HasFlag(ImageMetadata.Iptc) ? Enums.ForeignKeep.Iptc : 0;
        keep |= metadata.HasFlag(ImageMetadata.Icc) ? Enums.ForeignKeep.Icc : 0;
        return keep;
    }

    private static double[] GrayOf(ImageColor color) => [(0.2126 * color.Red) + (0.7152 * color.Green) + (0.0722 * color.Blue)];
}
