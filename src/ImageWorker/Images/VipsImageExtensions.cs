using NetVips;

namespace Armature.Images;

internal static class VipsImageExtensions
{
    /// <summary>Scales to exactly this size. Transparency is weighed in.</summary>
    public static Image Scale(this Image image, int width, int height, VipsScope scope) =>
        image.Width == width && image.Height == height
            ? image
            : scope.Own(image.ThumbnailImage(width, height, Enums.Size.Force, noRotate: true));

    /// <summary>The upper left corner of the part of this size that gravity points to.</summary>
    public static (int X, int Y) FindCrop(this Image image, int width, int height, Gravity gravity)
    {
        var (roomX, roomY) = (image.Width - width, image.Height - height);
        if (gravity != Gravity.Attention || (roomX == 0 && roomY == 0))
        {
            return gravity.Place(roomX, roomY);
        }

        using var cropped = image.Smartcrop(width, height, out var x, out var y, Enums.Interesting.Attention);
        return (Math.Clamp(x - (width / 2), 0, roomX), Math.Clamp(y - (height / 2), 0, roomY));
    }

    /// <summary>Cuts out a part.</summary>
    public static Image CropAt(this Image image, (int X, int Y) corner, int width, int height, VipsScope scope) =>
        image.Width == width && image.Height == height ? image : scope.Own(image.Crop(corner.X, corner.Y, width, height));

    /// <summary>Lays the picture on a filled box of this size.</summary>
    public static Image FillTo(this Image image, int width, int height, Gravity gravity, ImageColor color, VipsScope scope)
    {
        if (image.Width == width && image.Height == height)
        {
            return image;
        }

        var colored = image.Bands < 3 ? scope.Own(image.Colourspace(Enums.Interpretation.Srgb)) : image;
        var (x, y) = gravity.Place(width - image.Width, height - image.Height);
        double[] fill = colored.HasAlpha() ? [.. color.ToBands(), 255] : color.ToBands();
        return scope.Own(colored.Embed(x, y, width, height, Enums.Extend.Background, fill));
    }

    public static double[] ToBands(this ImageColor color) => [color.Red, color.Green, color.Blue];

    /// <summary>Where something stands that has this much room around it.</summary>
    public static (int X, int Y) Place(this Gravity gravity, int roomX, int roomY) =>
    (
        gravity switch
        {
            Gravity.NorthWest or Gravity.West or Gravity.SouthWest => 0,
            Gravity.NorthEast or Gravity.East or Gravity.SouthEast => roomX,
            _ => roomX / 2,
        },
        gravity switch
        {
            Gravity.NorthWest or Gravity.North or Gravity.NorthEast => 0,
            Gravity.SouthWest or Gravity.South or Gravity.SouthEast => roomY,
            _ => roomY / 2,
        });
}
