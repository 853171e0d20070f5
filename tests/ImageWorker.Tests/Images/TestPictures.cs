using NetVips;

namespace Armature.Images;

/// <summary>Pictures that the tests make. The quartered one tells each of its corners by colour.</summary>
internal static class TestPictures
{
    public static readonly ImageColor Red = new(220, 30, 30);
    public static readonly ImageColor Green = new(30, 180, 40);
    public static readonly ImageColor Blue = new(30, 40, 210);
    public static readonly ImageColor Yellow = new(230, 220, 40);

    /// <summary>Red, green / blue, yellow.</summary>
    public static byte[] Quarters(int width, int height, string suffix = ".png")
    {
        using var image = QuarteredImage(width, height);
        return image.WriteToBuffer(suffix);
    }

    /// <summary>The quartered picture as a camera would store it that was held so.</summary>
    public static byte[] Oriented(int width, int height, int orientation)
    {
        using var upright = QuarteredImage(width, height);
        using var stored = orientation switch
        {
            1 => upright.Copy(),
            2 => upright.FlipHor(),
            3 => upright.Rot180(),
            4 => upright.FlipVer(),
            5 => Rotated(upright.Rot270(), image => image.FlipVer()),
            6 => upright.Rot270(),
            7 => Rotated(upright.Rot90(), image => image.FlipVer()),
            8 => upright.Rot90(),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation)),
        };
        using var noted = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        return noted.JpegsaveBuffer(q: 95, keep: Enums.ForeignKeep.Exif);
    }

    /// <summary>Red on the left, transparent on the right.</summary>
    public static byte[] HalfTransparent(int width, int height)
    {
        using var left = Plain(width / 2, height, Red);
        using var opaque = left.Bandjoin(255);
        using var image = opaque.Embed(0, 0, width, height, Enums.Extend.Background, [0, 0, 0, 0]);
        return image.PngsaveBuffer();
    }

    /// <summary>Gray, with a small patch of strong colour in the given quarter.</summary>
    public static byte[] WithPatch(int width, int height, int x, int y)
    {
        using var gray = Plain(width, height, new(128, 128, 128));
        using var noise = Image.Gaussnoise(40, 40, sigma: 60, mean: 128);
        using var patch = noise.Bandjoin(noise * 0.2, noise * 0.1).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var image = gray.Insert(patch, x, y);
        return image.PngsaveBuffer();
    }

    /// <summary>Full of detail, as photos are.</summary>
    public static byte[] Photo(int width, int height, string suffix = ".jpg")
    {
        using var waves = Image.Zone(width, height);
        using var slow = Image.Sines(width, height, hfreq: 3, vfreq: 2);
        using var image = waves.Bandjoin(slow, waves.Flip(Enums.Direction.Horizontal) * 0.5).Linear([100], [128], uchar: true)
            .Gaussblur(2).Copy(interpretation: Enums.Interpretation.Srgb);
        return image.WriteToBuffer(suffix);
    }

    public static byte[] Cmyk(int width, int height)
    {
        using var image = Plain(width, height, Red).IccTransform("cmyk", inputProfile: "srgb");
        return image.JpegsaveBuffer(q: 95);
    }

    /// <summary>Each frame a plain colour: red, green, blue and so on.</summary>
    public static byte[] Animation(int width, int height, int frames, ImageFormat format)
    {
        ImageColor[] colors = [Red, Green, Blue, Yellow];
        var pages = Enumerable.Range(0, frames).Select(i => Plain(width, height, colors[i % colors.Length])).ToArray();
        using var joined = Image.Arrayjoin(pages, across: 1);
        using var image = joined.Mutate(m =>
        {
            m.Set(GValue.GIntType, "page-height", height);
            m.Set(GValue.ArrayIntType, "delay", Enumerable.Repeat(120, frames).ToArray());
            m.Set(GValue.GIntType, "loop", 3);
        });
        return format == ImageFormat.Gif ? image.GifsaveBuffer() : image.WebpsaveBuffer(lossless: true);
    }

    /// <summary>A JPEG that says where it was taken, who took it, and what its colours are.</summary>
    public static byte[] WithMetadata(int width, int height)
    {
        using var image = QuarteredImage(width, height).Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-Artist", "A. Photographer");
            m.Set(GValue.BlobType, "xmp-data", "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8.ToArray());
        });
        return image.JpegsaveBuffer(q: 95, keep: Enums.ForeignKeep.All, profile: "p3");
    }

    public static Image Plain(int width, int height, ImageColor color)
    {
        using var black = Image.Black(width, height);
        return black.NewFromImage([color.Red, color.Green, color.Blue])
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static Image QuarteredImage(int width, int height)
    {
        var (halfWidth, halfHeight) = (width / 2, height / 2);
        return Plain(width, height, Yellow)
            .Insert(Plain(halfWidth, halfHeight, Red), 0, 0)
            .Insert(Plain(width - halfWidth, halfHeight, Green), halfWidth, 0)
            .Insert(Plain(halfWidth, height - halfHeight, Blue), 0, halfHeight);
    }

    private static Image Rotated(Image rotated, Func<Image, Image> flip)
    {
        using (rotated)
        {
            return flip(rotated);
        }
    }
}
