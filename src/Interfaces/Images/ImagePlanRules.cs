using System.Text.RegularExpressions;

namespace Armature.Images;

/// <summary>The rules of a plan. The first that is broken is named.</summary>
internal static partial class ImagePlanRules
{
    /// <summary>A variant is made in one go by one thread: more outputs than these are two plans.</summary>
    public const int MaxOutputs = 32;

    /// <summary>The longest side of a WebP.</summary>
    public const int MaxSide = 16_383;

    public const int MaxBoxPixels = 50_000_000;
    public const int MaxWatermarks = 8;
    public const int MaxWatermarkBytes = 8 << 20;
    public const int MaxTextLength = 256;

    public static string? FindProblem(ImagePlan plan)
    {
        if (plan.Variants.IsDefault || plan.Presets.IsDefault || plan.Variants.Contains(null!))
        {
            return "The plan is not whole: variants or presets are missing.";
        }

        if (plan.Variants.Length + plan.Presets.Length > MaxOutputs)
        {
            return $"The plan has {plan.Variants.Length + plan.Presets.Length} outputs; at most {MaxOutputs} are made of one image.";
        }

        if (!Enum.IsDefined(plan.Orientation))
        {
            return $"The plan's orientation {plan.Orientation} is not known.";
        }

        return FindNameProblem(plan) ?? plan.Variants.Select(FindProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? FindNameProblem(ImagePlan plan)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in plan.Variants.Select(v => v.Name).Concat(plan.Presets))
        {
            if (name is null || !Name.IsMatch(name))
            {
                return $"The variant name '{name}' is not allowed: 1 to 64 of a-z, A-Z, 0-9, '-' and '_'.";
            }

            if (!taken.Add(name))
            {
                return $"The name '{name}' is used twice; names are told apart without regard to case, since they become file names.";
            }
        }

        return null;
    }

    private static string? FindProblem(ImageVariant variant)
    {
        var problem = FindCropProblem(variant.Cropping)
            ?? FindResizeProblem(variant.Resizing)
            ?? FindEncodingProblem(variant.Encoding)
            ?? FindWatermarkProblem(variant)
            ?? FindEnumProblem(variant);
        return problem is null ? null : $"Variant {variant.Name}: {problem}";
    }

    private static string? FindCropProblem(ImageCrop? crop) => crop switch
    {
        null => null,
        { Width: < 1 } or { Height: < 1 } => $"a crop of {crop.Width} x {crop.Height} has no pixels; both sides are at least 1.",
        _ when !Enum.IsDefined(crop.Gravity) => $"the gravity {crop.Gravity} is not known.",
        _ => null,
    };

    private static string? FindResizeProblem(ImageResize? resize)
    {
        if (resize is null)
        {
            return null;
        }

        if (resize.Width is null && resize.Height is null)
        {
            return "the size has neither width nor height; give at least one.";
        }

        if (IsOutside(resize.Width, 1, MaxSide) || IsOutside(resize.Height, 1, MaxSide))
        {
            return $"the size {resize.Width} x {resize.Height} is not allowed: a side has 1 to {MaxSide:N0} pixels.";
        }

        if ((long?)resize.Width * resize.Height > MaxBoxPixels)
        {
            return $"the size {resize.Width} x {resize.Height} is over {MaxBoxPixels:N0} pixels.";
        }

        if (!Enum.IsDefined(resize.Fit) || !Enum.IsDefined(resize.Gravity) || !Enum.IsDefined(resize.Enlargement))
        {
            return $"the fit {resize.Fit}, gravity {resize.Gravity} or enlargement {resize.Enlargement} is not known.";
        }

        if (resize.Fit != Fit.Inside && (resize.Width is null || resize.Height is null))
        {
            return $"the fit {resize.Fit} needs both width and height; with one of them use {Fit.Inside}.";
        }

        return resize is { Fit: Fit.Fill, Gravity: Gravity.Attention }
            ? "attention chooses what a crop keeps; a filled box cuts nothing off."
            : null;
    }

    private static string? FindEncodingProblem(ImageEncoding? encoding)
    {
        if (encoding is null)
        {
            return "the encoding is missing.";
        }

        if (!Enum.IsDefined(encoding.Format) || !Enum.IsDefined(encoding.Compression))
        {
            return $"the format {encoding.Format} or compression {encoding.Compression} is not known.";
        }

        if (encoding.Format == ImageFormat.Tiff)
        {
            return "TIFF is read but not written; choose JPEG, PNG, WebP, AVIF or GIF.";
        }

        if (IsOutside(encoding.Quality, 1, 100))
        {
            return $"the quality {encoding.Quality} is not from 1 to 100.";
        }

        var (least, most) = EffortRange(encoding.Format);
        if (IsOutside(encoding.Effort, least, most))
        {
            return $"the effort {encoding.Effort} is not from {least} to {most}, the range of {encoding.Format}.";
        }

        return encoding is { Compression: ImageCompression.Lossless, Format: ImageFormat.Jpeg or ImageFormat.Gif }
            ? $"{encoding.Format} has no lossless form; choose PNG, WebP or AVIF."
            : null;
    }

    private static (int Least, int Most) EffortRange(ImageFormat format) => format switch
    {
        ImageFormat.WebP => (0, 6),
        ImageFormat.Avif => (0, 9),
        _ => (1, 10),
    };

    private static string? FindWatermarkProblem(ImageVariant variant)
    {
        if (variant.Watermarks.IsDefault)
        {
            return "its watermarks are missing.";
        }

        if (variant.Watermarks.Contains(null!))
        {
            return "a watermark is missing.";
        }

        return variant.Watermarks.Length > MaxWatermarks
            ? $"it has {variant.Watermarks.Length} watermarks; at most {MaxWatermarks} are laid on one."
            : variant.Watermarks.Select(FindProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? FindProblem(ImageWatermark mark) => mark switch
    {
        { Image: null, Text: null } or { Image: not null, Text: not null } => "a watermark has either an image or a text.",
        { Image.Length: 0 or > MaxWatermarkBytes } =>
            $"a watermark image of {mark.Image.Length:N0} bytes is not allowed: 1 to {MaxWatermarkBytes:N0}.",
        { Text: not null } when string.IsNullOrWhiteSpace(mark.Text) || mark.Text.Length > MaxTextLength =>
            $"a watermark text has 1 to {MaxTextLength} characters, not all of them blank.",
        { Text: not null } when mark.Text.Any(c => char.IsControl(c) && c != '\n') =>
            "a watermark text may not have control characters other than line feeds.",
        { Opacity: not (>= 0 and <= 1) } => $"the opacity {mark.Opacity} is not from 0 to 1.",
        { Scale: not (> 0 and <= 1) } => $"the scale {mark.Scale} is not above 0 and up to 1.",
        { Margin: not (>= 0 and <= 0.5) } => $"the margin {mark.Margin} is not from 0 to 0.5.",
        { Position: Gravity.Attention } => "a watermark is placed by an edge, a corner or the middle, not by attention.",
        _ when !Enum.IsDefined(mark.Position) => $"the position {mark.Position} is not known.",
        _ => null,
    };

    private static string? FindEnumProblem(ImageVariant variant) =>
        (variant.Metadata & ~ImageMetadata.All) != 0 || !Enum.IsDefined(variant.Animation)
            ? $"the metadata {variant.Metadata} or animation {variant.Animation} is not known."
            : null;

    private static bool IsOutside(int? value, int least, int most) => value < least || value > most;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Name { get; }
}
