using NetVips;
using static Armature.Images.TestPictures;

namespace Armature.Images;

/// <summary>The guard's own reading of headers agrees with the decoder that it guards.</summary>
public sealed class ImageInspectorAgreementTests
{
    public static TheoryData<string> Suffixes =>
    [
        ".jpg", ".jpg[interlace]", ".png", ".png[interlace]", ".webp", ".webp[lossless]", ".avif", ".gif", ".tif", ".tif[tile]", ".tif[compression=jpeg]",
    ];

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void Inspect_PictureOfAnEncoder_FindsWhatTheDecoderFinds(string suffix) => ShouldAgree(Photo(301, 203, suffix));

    [Theory]
    [InlineData(ImageFormat.Gif)]
    [InlineData(ImageFormat.WebP)]
    public void Inspect_Animation_FindsWhatTheDecoderFinds(ImageFormat format) => ShouldAgree(Animation(80, 60, frames: 7, format));

    [Theory]
    [InlineData("320x240.jpg")]
    [InlineData("4.webp")]
    [InlineData("Channel_digital_image_CMYK_color.jpg")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("flowers.jpeg")]
    [InlineData("pitm.avif")]
    [InlineData("rotating-squares.gif")]
    [InlineData("test-pattern.png")]
    [InlineData("uncompressed_tiff.tiff")]
    public void Inspect_PictureFromElsewhere_FindsWhatTheDecoderFinds(string name) => ShouldAgree(SharedPhotos.Read(name));

    private static void ShouldAgree(byte[] file)
    {
        var header = ImageInspector.Inspect(file);

        VipsLibrary.EnsureReady();
        using var decoder = Image.NewFromBuffer(file);
        header.Format.ShouldBe(ImageSignature.Detect(file)!.Value);
        header.Width.ShouldBeGreaterThanOrEqualTo(decoder.Width);
        header.Height.ShouldBeGreaterThanOrEqualTo(decoder.Height);
        if (header.Format is not (ImageFormat.Avif or ImageFormat.Tiff))
        {
            (header.Width, header.Height).ShouldBe((decoder.Width, decoder.Height));
        }

        header.Frames.ShouldBe(header.Format.CanAnimate() && decoder.Contains("n-pages") ? (int)decoder.Get("n-pages") : 1);
    }
}
