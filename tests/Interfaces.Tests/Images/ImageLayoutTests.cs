using CsCheck;

namespace Armature.Images;

public sealed class ImageLayoutTests
{
    private static readonly Gen<ImageResize> Resizes = Gen.Select(
        Gen.Int[1, 16_383], Gen.Int[1, 3_000], Gen.Enum<Fit>(), Gen.Enum<Enlargement>(),
        (width, height, fit, enlargement) => new ImageResize(width, height, fit, Gravity.Center, enlargement));

    private static readonly Gen<int> Sides = Gen.Int[1, 32_767];

    [Fact]
    public void For_AnyBox_StaysInsideOfIt() => Gen.Select(Resizes, Sides, Sides).Sample((resize, width, height) =>
    {
        var layout = For(resize, width, height);

        return layout is { Width: > 0, Height: > 0 } && layout.Width <= resize.Width && layout.Height <= resize.Height;
    });

    [Fact]
    public void For_NoEnlargement_ScalesToAtMostTheSource() => Gen.Select(Resizes, Sides, Sides).Sample((resize, width, height) =>
    {
        var layout = For(resize with { Enlargement = Enlargement.Never }, width, height);

        return layout.ScaledWidth <= width && layout.ScaledHeight <= height;
    });

    [Fact]
    public void For_CoverWithEnlargement_FillsTheBox() => Gen.Select(Resizes, Sides, Sides).Sample((resize, width, height) =>
    {
        var layout = For(resize with { Fit = Fit.Cover, Enlargement = Enlargement.Allowed }, width, height);

        return layout.Width == resize.Width && layout.Height == resize.Height
            && layout.ScaledWidth >= layout.Width && layout.ScaledHeight >= layout.Height;
    });

    [Fact]
    public void For_InsideWithEnlargement_TouchesTheBox() => Gen.Select(Resizes, Sides, Sides).Sample((resize, width, height) =>
    {
        var layout = For(resize with { Fit = Fit.Inside, Enlargement = Enlargement.Allowed }, width, height);

        return layout.Width == resize.Width || layout.Height == resize.Height;
    });

    [Fact]
    public void For_Crop_IsAtMostTheSource()
    {
        var variant = new ImageVariant { Name = "one" }.Crop(500, 500).Resize(100);

        ImageLayout.For(variant, 400, 1000).ShouldBe(new ImageLayout(400, 500, 100, 125, 100, 125));
    }

    [Fact]
    public void For_EnlargedStrip_CountsEveryPixelOfTheWay()
    {
        var variant = new ImageVariant { Name = "one" }.Resize(1000, 1000, Fit.Cover).Enlarge();

        ImageLayout.For(variant, 1, 30_000).Pixels.ShouldBe(1000L * 30_000_000);
    }

    private static ImageLayout For(ImageResize resize, int width, int height) =>
        ImageLayout.For(new ImageVariant { Name = "one", Resizing = resize }, width, height);
}
