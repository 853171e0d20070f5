using System.Text;
using Armature.Testing.Images;
using NetVips;
using static Armature.Images.TestPictures;

namespace Armature.Images;

public abstract partial class ImageProcessorContract
{
    /// <summary>Files that would cost seconds or gigabytes, or that are no pictures, with the codes that refuse them.</summary>
    private static readonly Dictionary<string, (Func<byte[]> Make, string Code)> HostileFiles = new()
    {
        ["strip of 3 x 14,400,000"] = (() => MadePng.Gray(3, 14_400_000, bitDepth: 1), ImageErrorCodes.ImageTooLarge),
        ["PNG of 30,000 x 30,000"] = (() => MadePng.Gray(30_000, 30_000, bitDepth: 1), ImageErrorCodes.ImageTooLarge),
        ["JPEG with 883 scans"] = (() => MadeJpeg.RepeatLastScan(Progressive(), 883), ImageErrorCodes.ImageTooCostly),
        ["AVIF of 30,000 x 30,000"] = (() => MadeAvif.Redeclare(Quarters(64, 64, ".avif"), 30_000, 30_000), ImageErrorCodes.ImageTooLarge),
        ["GIF with 100,000 frames"] = (() => MadeGif.WithFrames(1, 1, 100_000), ImageErrorCodes.TooManyFrames),
        ["JPEG cut in half"] = (() => Half(Photo(800, 600)), ImageErrorCodes.DecodeFailed),
        ["PNG cut in half"] = (() => Half(Photo(800, 600, ".png")), ImageErrorCodes.DecodeFailed),
        ["WebP cut in half"] = (() => Half(Photo(800, 600, ".webp")), ImageErrorCodes.DecodeFailed),
        ["GIF of a signature"] = (() => "GIF89a"u8.ToArray(), ImageErrorCodes.DecodeFailed),
        ["PNG of a header"] = (() => MadePng.With(64, 64, 8, 0, []), ImageErrorCodes.DecodeFailed),
        ["empty"] = (() => [], ImageErrorCodes.SourceEmpty),
        ["text"] = (() => "This is a text that someone named photo.jpg."u8.ToArray(), ImageErrorCodes.UnsupportedFormat),
        ["SVG"] = (() => "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray(), ImageErrorCodes.UnsupportedFormat),
        ["matrix of libvips"] = (() => Encoding.ASCII.GetBytes("2 2\n1 2\n3 4\n"), ImageErrorCodes.UnsupportedFormat),
    };

    public static TheoryData<string> HostileFileNames => [.. HostileFiles.Keys];

    [Theory]
    [MemberData(nameof(HostileFileNames))]
    public async Task ProcessAsync_HostileFile_IsRefusedWithItsCode(string name)
    {
        var (make, code) = HostileFiles[name];

        var error = await Should.ThrowAsync<ImageException>(() => MakeAsync(make(), v => v.Resize(200).Jpeg()));

        error.Code.ShouldBe(code);
        error.Message.ShouldNotContain("Vips");
    }

    [Fact]
    public async Task ProcessAsync_PngWithPackedTexts_IsDoneWithoutThem()
    {
        using var made = DecodedOutput.Of(await MakeAsync(MadePng.WithPackedTexts(), v => v.Png().Keep(ImageMetadata.All)));

        (made.Width, made.Height).ShouldBe((64, 64));
        made.Fields.ShouldNotContain(field => field.StartsWith("png-comment"));
    }

    [Fact]
    public async Task ProcessAsync_AvifThatDeclaresLessThanItHas_IsDoneOrRefused()
    {
        var source = MadeAvif.Redeclare(Quarters(640, 480, ".avif"), 16, 16);

        try
        {
            var output = await MakeAsync(source, v => v.Resize(200).Jpeg());
            output.Width.ShouldBeLessThanOrEqualTo(200);
        }
        catch (ImageException e)
        {
            e.Code.ShouldBe(ImageErrorCodes.DecodeFailed);
        }
    }

    [Fact]
    public async Task ProcessAsync_HostileFilesAmongGood_TheGoodAreDone()
    {
        var good = Quarters(400, 200);

        var outcomes = await Task.WhenAll(HostileFiles.Values.SelectMany(hostile => new[]
        {
            CodeOfAsync(hostile.Make()),
            CodeOfAsync(good),
        }));

        outcomes.Where((_, i) => i % 2 == 0).ShouldBe(HostileFiles.Values.Select(hostile => hostile.Code));
        outcomes.Where((_, i) => i % 2 == 1).ShouldAllBe(code => code == null);
    }

    private async Task<string?> CodeOfAsync(byte[] source)
    {
        try
        {
            await MakeAsync(source, v => v.Resize(100).Jpeg());
            return null;
        }
        catch (ImageException e)
        {
            return e.Code;
        }
    }

    private static byte[] Half(byte[] file) => file[..(file.Length / 2)];

    private static byte[] Progressive()
    {
        using var image = Image.NewFromBuffer(Photo(400, 300, ".png"));
        return image.JpegsaveBuffer(interlace: true);
    }
}
