using NetVips;

namespace Armature.Images;

/// <summary>
/// Takes a frame through a variant's steps. One composer serves all frames of an animation: where the first is cut, all are,
/// so that the picture does not jump.
/// </summary>
internal sealed class FrameComposer(ImageVariant variant, ImageLayout layout, WatermarkOverlay overlays, VipsScope scope)
{
    private (int X, int Y)? _crop;
    private (int X, int Y)? _cover;
    private Image[]? _overlays;

    public Image Compose(Image frame)
    {
        var image = frame;
        if (variant.Cropping is { } crop)
        {
            _crop ??= image.FindCrop(layout.CropWidth, layout.CropHeight, crop.Gravity);
            image = image.CropAt(_crop.Value, layout.CropWidth, layout.CropHeight, scope);
        }

        image = image.Scale((int)layout.ScaledWidth, (int)layout.ScaledHeight, scope);
        return LayWatermarks(Fit(image));
    }

    private Image Fit(Image image)
    {
        switch (variant.Resizing)
        {
            case { Fit: Images.Fit.Cover } resize:
                _cover ??= image.FindCrop(layout.Width, layout.Height, resize.Gravity);
                return image.CropAt(_cover.Value, layout.Width, layout.Height, scope);
            case { Fit: Images.Fit.Fill } resize:
                return image.FillTo(layout.Width, layout.Height, resize.Gravity, variant.BackgroundColor, scope);
            default:
                return image;
        }
    }

    private Image LayWatermarks(Image image)
    {
        _overlays ??= [.. variant.Watermarks.Select(watermark => overlays.Draw(watermark, layout.Width, layout.Height))];
        for (var i = 0; i < _overlays.Length; i++)
        {
            image = WatermarkOverlay.Lay(image, _overlays[i], variant.Watermarks[i], scope);
        }

        return image;
    }
}
