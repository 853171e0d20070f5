using NetVips;

namespace Armature.Images;

/// <summary>Makes the outputs of one source. The pictures they need are decoded and scaled once for all of them.</summary>
internal sealed class VariantMaker(SourceImage source, WatermarkOverlay overlays, VipsScope scope)
{
    private readonly Dictionary<ImageColors, ScaledPictures> _stills = [];
    private readonly Dictionary<ImageColors, Image> _animations = [];

    public ImageOutput[] Make(IReadOnlyList<ImageVariant> variants)
    {
        var steps = variants.Select((variant, place) => (Variant: variant, Place: place, Layout: LayoutOf(variant))).ToArray();
        foreach (var group in steps.Where(s => !IsAnimated(s.Variant)).GroupBy(s => ColorsOf(s.Variant)))
        {
            _stills[group.Key] = Decode([.. group.Select(s => s.Layout)], group.Key);
        }

        var outputs = new ImageOutput[steps.Length];
        foreach (var (variant, place, layout) in steps.OrderByDescending(s => s.Layout.ScaledWidth * s.Layout.ScaledHeight))
        {
            outputs[place] = IsAnimated(variant) ? MakeAnimation(variant, layout) : MakeStill(variant, layout);
        }

        return outputs;
    }

    private ImageLayout LayoutOf(ImageVariant variant) => ImageLayout.For(variant, source.Width, source.Height);

    private bool IsAnimated(ImageVariant variant) => source.OutputFrames(variant) > 1;

    private ImageColors ColorsOf(ImageVariant variant) =>
        variant.Metadata.HasFlag(ImageMetadata.Icc) && source.HasProfile ? ImageColors.AsStored : ImageColors.Srgb;

    /// <summary>Decodes the whole picture once, at the largest size that is needed; at its own where a variant cuts or enlarges it.</summary>
    private ScaledPictures Decode(IReadOnlyList<ImageLayout> layouts, ImageColors colors)
    {
        var width = (int)Math.Min(source.Width, layouts.Max(l => l.ScaledWidth));
        var height = (int)Math.Min(source.Height, layouts.Max(l => l.ScaledHeight));
        var isWhole = layouts.All(l => l.CropWidth == source.Width && l.CropHeight == source.Height);
        var isEnlarged = layouts.Any(l => l.ScaledWidth > width || l.ScaledHeight > height);
        return isWhole && !isEnlarged
            ? new(source, width, height, colors, scope)
            : new(source, source.Width, source.Height, colors, scope);
    }

    private ImageOutput MakeStill(ImageVariant variant, ImageLayout layout)
    {
        var pictures = _stills[ColorsOf(variant)];
        var picture = variant.Cropping is null ? pictures.At((int)layout.ScaledWidth, (int)layout.ScaledHeight) : pictures.Largest;
        var image = new FrameComposer(variant, layout, overlays, scope).Compose(picture);
        return Encode(image, variant, layout, frames: 1);
    }

    private ImageOutput MakeAnimation(ImageVariant variant, ImageLayout layout)
    {
        if (!_animations.TryGetValue(ColorsOf(variant), out var animation))
        {
            animation = _animations[ColorsOf(variant)] = source.DecodeFrames(ColorsOf(variant), scope);
        }

        var composer = new FrameComposer(variant, layout, overlays, scope);
        var frames = Enumerable.Range(0, source.Frames)
            .Select(i => composer.Compose(scope.Own(animation.Crop(0, i * source.Height, source.Width, source.Height))))
            .ToArray();
        var joined = scope.Own(Image.Arrayjoin(frames, across: 1));
        var paged = scope.Own(joined.Mutate(image => image.Set("page-height", layout.Height)));
        return Encode(paged, variant, layout, source.Frames);
    }

    private ImageOutput Encode(Image image, ImageVariant variant, ImageLayout layout, int frames)
    {
        var format = source.OutputFormat(variant);
        try
        {
            var flat = ImageEncoder.Flatten(image, format, variant, scope);
            var bytes = scope.Run(flat, i => ImageEncoder.Encode(i, format, variant));
            return new(variant.Name, format, layout.Width, layout.Height, frames, bytes);
        }
        catch (VipsException e)
        {
            throw new ImageException(
                ImageErrorCodes.EncodeFailed, $"Variant {variant.Name} of {layout.Width} x {layout.Height} could not be written as {format}.", e);
        }
    }
}
