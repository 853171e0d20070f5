using Armature.Testing.Images;
using CsCheck;

namespace Armature.Images;

public sealed class ImageInspectorTests
{
    private static readonly byte[][] Files =
    [
        MadeJpeg.Headers(640, 480, scans: 3),
        MadePng.Gray(64, 48),
        MadePng.WithPackedTexts()[..4000],
        MadeGif.WithFrames(20, 10, 5),
        MadeWebP.Lossy(640, 480),
        MadeWebP.Lossless(640, 480),
        MadeWebP.Animated(64, 48, 3, 64, 48),
        MadeAvif.Headers((640, 480), (64, 64)),
        MadeTiff.Headers(640, 480, tile: 128),
        MadeTiff.Headers(640, 480, isBigEndian: true),
    ];

    [Theory]
    [InlineData(0xC0, false)]
    [InlineData(0xC1, false)]
    [InlineData(0xC2, true)]
    [InlineData(0xC6, true)]
    [InlineData(0xCA, true)]
    public void Inspect_Jpeg_FindsSizeScansAndCost(byte frameMarker, bool isCostly) =>
        ImageInspector.Inspect(MadeJpeg.Headers(640, 480, frameMarker, scans: 7))
            .ShouldBe(new ImageHeader(ImageFormat.Jpeg, 640, 480) { Scans = 7, IsCostly = isCostly });

    [Fact]
    public void Inspect_JpegWithManyFrames_CountsTheLargest()
    {
        byte[] file = [.. MadeJpeg.Headers(20, 10)[..^2], .. MadeJpeg.Headers(5000, 4000)[2..]];

        var header = ImageInspector.Inspect(file);

        (header.Width, header.Height).ShouldBe((5000, 4000));
    }

    [Fact]
    public void Inspect_JpegWithoutSize_IsDamaged() =>
        Should.Throw<ImageException>(() => ImageInspector.Inspect([0xFF, 0xD8, 0xFF, 0xD9])).Code.ShouldBe(ImageErrorCodes.DecodeFailed);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Inspect_Png_FindsSizeAndCost(byte interlace, bool isCostly) =>
        ImageInspector.Inspect(MadePng.Gray(64, 48, interlace: interlace))
            .ShouldBe(new ImageHeader(ImageFormat.Png, 64, 48) { IsCostly = isCostly });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Inspect_Gif_CountsFrames(int frames)
    {
        var file = MadeGif.WithFrames(20, 10, frames);

        if (frames == 0)
        {
            Should.Throw<ImageException>(() => ImageInspector.Inspect(file)).Code.ShouldBe(ImageErrorCodes.DecodeFailed);
            return;
        }

        ImageInspector.Inspect(file).ShouldBe(new ImageHeader(ImageFormat.Gif, 20, 10) { Frames = frames });
    }

    [Fact]
    public void Inspect_GifCutOff_CountsWhatIsThere()
    {
        var file = MadeGif.WithFrames(20, 10, 10);

        ImageInspector.Inspect(file.AsSpan(0, file.Length / 2)).Frames.ShouldBeInRange(3, 7);
    }

    [Fact]
    public void Inspect_WebP_FindsSize()
    {
        ImageInspector.Inspect(MadeWebP.Lossy(640, 480)).ShouldBe(new ImageHeader(ImageFormat.WebP, 640, 480));
        ImageInspector.Inspect(MadeWebP.Lossless(640, 480)).ShouldBe(new ImageHeader(ImageFormat.WebP, 640, 480));
    }

    [Fact]
    public void Inspect_AnimatedWebP_CountsFramesAndTheLargestPicture() =>
        ImageInspector.Inspect(MadeWebP.Animated(64, 48, frames: 9, frameWidth: 6400, frameHeight: 32))
            .ShouldBe(new ImageHeader(ImageFormat.WebP, 6400, 48) { Frames = 9 });

    [Fact]
    public void Inspect_Avif_FindsTheLargestExtent() =>
        ImageInspector.Inspect(MadeAvif.Headers((64, 64), (4000, 3000)))
            .ShouldBe(new ImageHeader(ImageFormat.Avif, 4000, 3000) { IsCostly = true });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Inspect_Tiff_FindsSizeInEitherByteOrder(bool isBigEndian) =>
        ImageInspector.Inspect(MadeTiff.Headers(640, 480, samples: 3, isBigEndian: isBigEndian))
            .ShouldBe(new ImageHeader(ImageFormat.Tiff, 640, 480) { Samples = 3 });

    [Fact]
    public void Inspect_TiffInAHugeTile_CountsTheTile() =>
        ImageInspector.Inspect(MadeTiff.Headers(1, 1, tile: 60_000)).Width.ShouldBe(60_000);

    [Theory]
    [InlineData("")]
    [InlineData("This is a text that someone named photo.jpg.")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("BM\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Inspect_NoKnownFormat_IsUnsupported(string content) =>
        Should.Throw<ImageException>(() => ImageInspector.Inspect(System.Text.Encoding.ASCII.GetBytes(content)))
            .Code.ShouldBe(ImageErrorCodes.UnsupportedFormat);

    [Fact]
    public void Inspect_CutAnywhere_ThrowsNothingElse()
    {
        foreach (var file in Files)
        {
            for (var length = 0; length <= Math.Min(file.Length, 1200); length++)
            {
                InspectsOrRefuses(file[..length]).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Inspect_ChangedAnywhere_ThrowsNothingElse()
    {
        var changes = Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 12];
        Gen.Select(Gen.Int[0, Files.Length - 1], changes).Sample(
            (file, edits) =>
            {
                var changed = Files[file].ToArray();
                foreach (var (at, value) in edits)
                {
                    changed[at % changed.Length] = value;
                }

                return InspectsOrRefuses(changed);
            },
            iter: 20_000);
    }

    [Fact]
    public void Inspect_AnyBytesBehindASignature_ThrowsNothingElse() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[3, 40], Gen.Byte.Array[0, 400]).Sample(
            (file, kept, rest) => InspectsOrRefuses([.. Files[file][..Math.Min(kept, Files[file].Length)], .. rest]),
            iter: 20_000);

    private static bool InspectsOrRefuses(byte[] file)
    {
        try
        {
            var header = ImageInspector.Inspect(file);
            PngChunkFilter.Filter(header.Format == ImageFormat.Png ? file : MadePng.Gray(1, 1));
            return header is { Width: > 0, Height: > 0, Frames: > 0, Scans: > 0, Samples: >= 0, Pixels: > 0 };
        }
        catch (ImageException e)
        {
            return e.Code is ImageErrorCodes.UnsupportedFormat or ImageErrorCodes.DecodeFailed;
        }
    }
}
