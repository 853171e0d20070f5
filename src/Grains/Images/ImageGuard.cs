using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Images;

/// <summary>
/// Decides from an image's header, before anything is decoded, whether it may be processed. Pixels alone do not tell: strips, scans,
/// frames and compressed text make small files costly.
/// </summary>
internal sealed class ImageGuard(IOptions<ArmatureOptions> options)
{
    private const int MaxSamples = 8;
    private readonly ImagesOptions _options = options.Value.Images;

    /// <summary>Lets an image through, without the parts that its pixels do not need.</summary>
    /// <returns>The bytes to decode.</returns>
    /// <exception cref="ImageException">The image, or what the plan makes of it, is over a limit; the code says which.</exception>
    public ReadOnlyMemory<byte> Admit(ReadOnlyMemory<byte> source, ImagePlan plan)
    {
        plan.Validate();
        var header = Check(source);
        foreach (var variant in plan.Variants)
        {
            CheckOutput(variant, header);
            CheckWatermarks(variant);
        }

        return header.Format == ImageFormat.Png ? PngChunkFilter.Filter(source) : source;
    }

    private ImageHeader Check(ReadOnlyMemory<byte> source)
    {
        if (source.IsEmpty)
        {
            throw new ImageException(ImageErrorCodes.SourceEmpty, "The source has no bytes; give JPEG, PNG, WebP, AVIF, GIF or TIFF.");
        }

        if (source.Length > _options.MaxSourceBytes)
        {
            throw new ImageException(
                ImageErrorCodes.SourceTooLarge,
                $"The source has {source.Length:N0} bytes; at most {_options.MaxSourceBytes:N0} are read (Images.MaxSourceBytes).");
        }

        var header = ImageInspector.Inspect(source.Span);
        CheckSize(header);
        CheckCost(header);
        return header;
    }

    private void CheckSize(ImageHeader header)
    {
        if (Math.Max(header.Width, header.Height) > _options.MaxSide)
        {
            throw TooLarge(
                $"The {header.Format} is {header.Width:N0} x {header.Height:N0}; a side has at most {_options.MaxSide:N0} pixels (Images.MaxSide).");
        }

        if (header.Frames > _options.MaxFrames)
        {
            throw new ImageException(
                ImageErrorCodes.TooManyFrames,
                $"The {header.Format} has {header.Frames:N0} frames; at most {_options.MaxFrames:N0} are processed (Images.MaxFrames).");
        }

        if (header.Pixels > _options.MaxPixels)
        {
            throw TooLarge(
                $"The {header.Format} has {header.Width:N0} x {header.Height:N0} pixels in {header.Frames:N0} frames; "
                + $"at most {_options.MaxPixels:N0} pixels in all are processed (Images.MaxPixels).");
        }
    }

    private void CheckCost(ImageHeader header)
    {
        if (header.IsCostly && header.Pixels > _options.MaxCostlyPixels)
        {
            throw TooLarge(
                $"The {header.Format} has {header.Width:N0} x {header.Height:N0} pixels; of its kind, which is costly to decode, "
                + $"at most {_options.MaxCostlyPixels:N0} are processed (Images.MaxCostlyPixels).");
        }

        if (header.Scans > _options.MaxJpegScans)
        {
            throw new ImageException(
                ImageErrorCodes.ImageTooCostly,
                $"The JPEG has {header.Scans:N0} scans; at most {_options.MaxJpegScans:N0} are decoded (Images.MaxJpegScans). Save it again.");
        }

        if (header.Samples > MaxSamples)
        {
            throw new ImageException(
                ImageErrorCodes.ImageTooCostly, $"The {header.Format} has {header.Samples:N0} values a pixel; at most {MaxSamples} are read.");
        }
    }

    /// <summary>Sides may be swapped by the picture's orientation, so the larger of both readings counts.</summary>
    private void CheckOutput(ImageVariant variant, ImageHeader header)
    {
        var pixels = Math.Max(
            ImageLayout.For(variant, header.Width, header.Height).Pixels, ImageLayout.For(variant, header.Height, header.Width).Pixels);
        var format = variant.Encoding.Format == ImageFormat.Source ? header.Format : variant.Encoding.Format;
        var frames = format.CanAnimate() && variant.Animation == ImageAnimation.Keep ? header.Frames : 1;
        if (pixels > _options.MaxPixels / frames)
        {
            throw TooLarge(
                $"Variant {variant.Name} would have {pixels:N0} pixels in {frames:N0} frames; "
                + $"at most {_options.MaxPixels:N0} pixels in all are made (Images.MaxPixels).");
        }
    }

    private void CheckWatermarks(ImageVariant variant)
    {
        foreach (var image in variant.Watermarks.Select(w => w.Image).OfType<byte[]>())
        {
            try
            {
                Check(image);
            }
            catch (ImageException e)
            {
                throw new ImageException(ImageErrorCodes.WatermarkInvalid, $"The watermark of variant {variant.Name} cannot be used: {e.Message}", e);
            }
        }
    }

    private static ImageException TooLarge(string message) => new(ImageErrorCodes.ImageTooLarge, message);
}
