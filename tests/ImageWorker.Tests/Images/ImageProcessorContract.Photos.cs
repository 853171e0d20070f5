namespace Armature.Images;

public abstract partial class ImageProcessorContract
{
    [Theory]
    [InlineData("Landscape_1.jpg")]
    [InlineData("Landscape_2.jpg")]
    [InlineData("Landscape_3.jpg")]
    [InlineData("Landscape_4.jpg")]
    [InlineData("Landscape_5.jpg")]
    [InlineData("Landscape_6.jpg")]
    [InlineData("Landscape_7.jpg")]
    [InlineData("Landscape_8.jpg")]
    public async Task ProcessAsync_PhotoHeldAnyWay_LooksTheSame(string name)
    {
        using var upright = DecodedOutput.Of(await MakeAsync(SharedPhotos.Read("Landscape_1.jpg"), v => v.Resize(120).Png()));
        using var made = DecodedOutput.Of(await MakeAsync(SharedPhotos.Read(name), v => v.Resize(120).Png()));

        (made.Width, made.Height).ShouldBe((upright.Width, upright.Height));
        made.MeanDifference(upright).ShouldBeLessThan(8);
    }

    [Theory]
    [InlineData("4.webp")]
    [InlineData("Channel_digital_image_CMYK_color.jpg")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("flowers.jpeg")]
    [InlineData("pitm.avif")]
    [InlineData("rotating-squares.gif")]
    [InlineData("test-pattern.png")]
    [InlineData("uncompressed_tiff.tiff")]
    public async Task ProcessAsync_PhotoFromElsewhere_BecomesAThumbnail(string name)
    {
        using var made = DecodedOutput.Of(await MakeAsync(SharedPhotos.Read(name), v => v.Resize(64, 64).Jpeg()));

        Math.Max(made.Width, made.Height).ShouldBeLessThanOrEqualTo(64);
    }
}
