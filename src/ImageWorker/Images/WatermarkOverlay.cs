using System.Net;
using NetVips;

namespace Armature.Images;

/// <summary>Makes the pictures that are laid over variants.</summary>
internal sealed class WatermarkOverlay(Lazy<FontFile> font, VipsScope scope)
{
    private const int TrialDpi = 300;

    /// <summary>The watermark as sRGB with alpha, sized for a variant, its pixels computed.</summary>
    public Image Draw(ImageWatermark watermark, int width, int height)
    {
        var margin = MarginOf(watermark, width, height);
        var maxWidth = Math.Max(1, Math.Min((int)Math.Round(width * watermark.Scale), width - (2 * margin)));
        var maxHeight = Math.Max(1, height - (2 * margin));
        var image = watermark.Image is { } bytes
            ? DrawImage(bytes, maxWidth, maxHeight)
            : DrawText(watermark, maxWidth, maxHeight);
        if (watermark.Opacity < 1)
        {
            image = scope.Own(image.Linear([1, 1, 1, watermark.Opacity], [0, 0, 0, 0], uchar: true));
            image = scope.Own(image.Copy(interpretation: Enums.Interpretation.Srgb));
        }

        return scope.Compute(image);
    }

    public static Image Lay(Image picture, Image overlay, ImageWatermark watermark, VipsScope scope)
    {
        var margin = MarginOf(watermark, picture.Width, picture.Height);
        var (x, y) = watermark.Position.Place(
            picture.Width - overlay.Width - (2 * margin), picture.Height - overlay.Height - (2 * margin));
        var colored = picture.Bands < 3 ? scope.Own(picture.Colourspace(Enums.Interpretation.Srgb)) : picture;
        var laid = scope.Own(colored.Composite2(
            overlay, Enums.BlendMode.Over, x + margin, y + margin, compositingSpace: Enums.Interpretation.Srgb));
        var opaque = colored.HasAlpha() ? laid : scope.Own(laid.ExtractBand(0, n: 3));
        return scope.Own(opaque.Cast(Enums.BandFormat.Uchar));
    }

    private static int MarginOf(ImageWatermark watermark, int width, int height) =>
        (int)Math.Round(Math.Min(width, height) * watermark.Margin);

    private Image DrawImage(byte[] bytes, int maxWidth, int maxHeight)
    {
        if (ImageSignature.Detect(bytes) is null)
        {
            throw Unusable();
        }

        try
        {
            var image = scope.Compute(scope.Own(Image.ThumbnailBuffer(
                bytes, maxWidth, "fail-on=error", maxHeight, Enums.Size.Both, outputProfile: "srgb")));
            var colored = scope.Own(image.Colourspace(Enums.Interpretation.Srgb));
            return colored.HasAlpha() ? colored : scope.Own(colored.Bandjoin(255));
        }
        catch (VipsException)
        {
            throw Unusable();
        }
    }

    /// <summary>Set once at a trial size to learn its width, then at the size that fits: a width given to libvips would wrap the lines.</summary>
    private Image DrawText(ImageWatermark watermark, int maxWidth, int maxHeight)
    {
        var trial = Set(watermark, TrialDpi);
        var dpi = Math.Max(1, (int)(TrialDpi * Math.Min((double)maxWidth / trial.Width, (double)maxHeight / trial.Height)));
        var mask = Set(watermark, dpi);

        // Hinting makes small text a little wider than the trial foretold.
        var fitting = mask.Width > maxWidth || mask.Height > maxHeight
            ? scope.Own(mask.ThumbnailImage(maxWidth, maxHeight, Enums.Size.Down))
            : mask;
        var color = scope.Own(fitting.NewFromImage(watermark.Color.ToBands()));
        var tinted = scope.Own(color.Copy(interpretation: Enums.Interpretation.Srgb));
        return scope.Own(tinted.Bandjoin(fitting));
    }

    private Image Set(ImageWatermark watermark, int dpi)
    {
        var face = font.Value;
        try
        {
            // libvips takes markup; the text is a text.
            return scope.Own(Image.Text(
                WebUtility.HtmlEncode(watermark.Text!), $"{face.Description} 12", align: Enums.Align.Centre, dpi: dpi, fontfile: face.Path));
        }
        catch (VipsException)
        {
            throw new ImageException(
                ImageErrorCodes.FontMissing, $"The watermark's text could not be set with the font {face.Path}; choose another with Images.FontFile.");
        }
    }

    private static ImageException Unusable() =>
        new(ImageErrorCodes.WatermarkInvalid, "The watermark's image could not be decoded; give a JPEG, PNG, WebP, AVIF or GIF.");
}
