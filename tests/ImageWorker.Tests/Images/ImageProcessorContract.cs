using System.Collections.Immutable;
using Armature.Hosting;
using Microsoft.Extensions.Options;
using static Armature.Images.TestPictures;

namespace Armature.Images;

/// <summary>What every <see cref="IImageProcessor"/> does. A library's or process pool's tests derive from it.</summary>
public abstract partial class ImageProcessorContract
{
    /// <summary>A processor set up from options, kept or made anew.</summary>
    protected abstract IImageProcessor Create(ImagesOptions options);

    private async Task<ImageOutput> MakeAsync(byte[] source, Func<ImageVariant, ImageVariant> steps) =>
        (await MakeAsync(source, ImagePlan.Create().Variant("one", steps))).Outputs.ShouldHaveSingleItem();

    private Task<ImageResult> MakeAsync(byte[] source, ImagePlan plan) => MakeAsync(source, plan, new ArmatureOptions());

    private Task<ImageResult> MakeAsync(byte[] source, ImagePlan plan, ArmatureOptions options) =>
        new GuardedImageProcessor(new ImageGuard(Options.Create(options)), Create(options.Images))
            .ProcessAsync(source, plan, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(100, 100, Fit.Inside, 100, 50)]
    [InlineData(100, null, Fit.Inside, 100, 50)]
    [InlineData(null, 100, Fit.Inside, 200, 100)]
    [InlineData(100, 100, Fit.Cover, 100, 100)]
    [InlineData(100, 100, Fit.Fill, 100, 100)]
    [InlineData(100, 90, Fit.Exact, 100, 90)]
    public async Task ProcessAsync_Fit_HasItsSize(int? width, int? height, Fit fit, int expectedWidth, int expectedHeight)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(400, 200), v => v.Resize(width, height, fit).Png()));

        (made.Width, made.Height).ShouldBe((expectedWidth, expectedHeight));
    }

    [Theory]
    [InlineData(Fit.Inside, 40, 20)]
    [InlineData(Fit.Cover, 40, 20)]
    [InlineData(Fit.Exact, 40, 20)]
    [InlineData(Fit.Fill, 200, 200)]
    public async Task ProcessAsync_SmallSource_IsNotEnlarged(Fit fit, int expectedWidth, int expectedHeight)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(40, 20), v => v.Resize(200, 200, fit).Png()));

        (made.Width, made.Height).ShouldBe((expectedWidth, expectedHeight));
    }

    [Theory]
    [InlineData(Fit.Inside, 200, 100)]
    [InlineData(Fit.Cover, 200, 200)]
    [InlineData(Fit.Exact, 200, 200)]
    [InlineData(Fit.Fill, 200, 200)]
    public async Task ProcessAsync_Enlarge_IsEnlarged(Fit fit, int expectedWidth, int expectedHeight)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(40, 20), v => v.Resize(200, 200, fit).Enlarge().Png()));

        (made.Width, made.Height).ShouldBe((expectedWidth, expectedHeight));
    }

    [Fact]
    public async Task ProcessAsync_Exact_ShowsTheWholePicture()
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(400, 200), v => v.Resize(60, 90, Fit.Exact).Png()));

        made.ShouldShow(Red, 10, 15);
        made.ShouldShow(Green, 50, 15);
        made.ShouldShow(Blue, 10, 75);
        made.ShouldShow(Yellow, 50, 75);
    }

    [Fact]
    public async Task ProcessAsync_Fill_PutsTheBackgroundAround()
    {
        var background = new ImageColor(10, 200, 200);

        using var made = DecodedOutput.Of(await MakeAsync(
            Quarters(400, 200), v => v.Resize(100, 100, Fit.Fill).Background(background).Png()));

        made.ShouldShow(background, 50, 10);
        made.ShouldShow(Red, 20, 35);
        made.ShouldShow(Yellow, 80, 65);
        made.ShouldShow(background, 50, 90);
    }

    [Fact]
    public async Task ProcessAsync_FillNorth_PutsThePictureUp()
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            Quarters(400, 200), v => v.Resize(100, 100, Fit.Fill, Gravity.North).Png()));

        made.ShouldShow(Red, 20, 5);
        made.ShouldShow(ImageColor.White, 20, 60);
    }

    [Theory]
    [InlineData(Gravity.NorthWest, 0, 0)]
    [InlineData(Gravity.North, 100, 0)]
    [InlineData(Gravity.NorthEast, 200, 0)]
    [InlineData(Gravity.West, 0, 50)]
    [InlineData(Gravity.Center, 100, 50)]
    [InlineData(Gravity.East, 200, 50)]
    [InlineData(Gravity.SouthWest, 0, 100)]
    [InlineData(Gravity.South, 100, 100)]
    [InlineData(Gravity.SouthEast, 200, 100)]
    public async Task ProcessAsync_CropByGravity_KeepsThatPart(Gravity gravity, int left, int top)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(400, 200), v => v.Crop(200, 100, gravity).Png()));

        (made.Width, made.Height).ShouldBe((200, 100));
        foreach (var (x, y) in new[] { (5, 5), (195, 5), (5, 95), (195, 95) })
        {
            made.ShouldShow(QuarterAt(left + x, top + y), x, y);
        }
    }

    [Theory]
    [InlineData(Gravity.West, 0)]
    [InlineData(Gravity.Center, 50)]
    [InlineData(Gravity.East, 100)]
    public async Task ProcessAsync_CoverByGravity_KeepsThatPart(Gravity gravity, int left)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Quarters(400, 200), v => v.Resize(100, 100, Fit.Cover, gravity).Png()));

        made.ShouldShow(QuarterAt(2 * (left + 5), 10), 5, 5);
        made.ShouldShow(QuarterAt(2 * (left + 95), 190), 95, 95);
    }

    [Theory]
    [InlineData(20, 30)]
    [InlineData(340, 130)]
    public async Task ProcessAsync_Attention_KeepsWhatDrawsTheEye(int x, int y)
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            WithPatch(400, 200, x, y), v => v.Crop(80, 80, Gravity.Attention).Png()));

        var isSeen = Enumerable.Range(0, 80 * 80).Count(i => IsColorful(made.At(i % 80, i / 80))) > 800;
        isSeen.ShouldBeTrue("at least half of the patch is in the part that was kept");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task ProcessAsync_Orientation_ComesOutUpright(int orientation)
    {
        using var made = DecodedOutput.Of(await MakeAsync(Oriented(300, 200, orientation), v => v.Resize(150).Jpeg(95)));

        (made.Width, made.Height).ShouldBe((150, 100));
        made.ShouldShow(Red, 20, 20);
        made.ShouldShow(Green, 130, 20);
        made.ShouldShow(Blue, 20, 80);
        made.ShouldShow(Yellow, 130, 80);
    }

    [Fact]
    public async Task ProcessAsync_KeepOrientation_LeavesPixelsAsStored()
    {
        var plan = ImagePlan.Create().KeepOrientation().Variant("one", v => v.Jpeg(95));

        using var made = DecodedOutput.Of((await MakeAsync(Oriented(300, 200, 6), plan))["one"]);

        (made.Width, made.Height).ShouldBe((200, 300));
    }

    [Fact]
    public async Task ProcessAsync_TransparencyToJpeg_IsLaidOnTheBackground()
    {
        var source = HalfTransparent(100, 100);

        using var white = DecodedOutput.Of(await MakeAsync(source, v => v.Resize(50).Jpeg(95)));
        using var blue = DecodedOutput.Of(await MakeAsync(source, v => v.Resize(50).Background(Blue).Jpeg(95)));

        white.ShouldShow(Red, 10, 25);
        white.ShouldShow(ImageColor.White, 40, 25);
        blue.ShouldShow(Blue, 40, 25);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Gif)]
    public async Task ProcessAsync_TransparencyToFormatThatHasIt_IsKept(ImageFormat format)
    {
        using var made = DecodedOutput.Of(await MakeAsync(HalfTransparent(100, 100), v => v.Resize(50).Encode(new(format))));

        made.HasAlpha.ShouldBeTrue();
        made.At(10, 25)[3].ShouldBeGreaterThan((byte)250);
        made.At(40, 25)[3].ShouldBeLessThan((byte)5);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Gif)]
    public async Task ProcessAsync_Format_IsWritten(ImageFormat format)
    {
        var output = await MakeAsync(Quarters(64, 64), v => v.Encode(new(format)));

        output.Format.ShouldBe(format);
        output.ContentType.ShouldBe(format.ToContentType());
        using var made = DecodedOutput.Of(output);
        made.ShouldShow(Red, 10, 10);
        made.ShouldShow(Yellow, 50, 50);
    }

    [Theory]
    [InlineData(".jpg", ImageFormat.Jpeg)]
    [InlineData(".png", ImageFormat.Png)]
    [InlineData(".webp", ImageFormat.WebP)]
    [InlineData(".avif", ImageFormat.Avif)]
    [InlineData(".gif", ImageFormat.Gif)]
    [InlineData(".tif", ImageFormat.Jpeg)]
    public async Task ProcessAsync_NoFormat_IsTheSourcesWhereItCanBeWritten(string source, ImageFormat expected) =>
        (await MakeAsync(Quarters(64, 64, source), v => v.Resize(32))).Format.ShouldBe(expected);

    [Fact]
    public async Task ProcessAsync_Quality_ChangesTheBytes()
    {
        var source = Photo(300, 200);

        var low = await MakeAsync(source, v => v.Jpeg(20));
        var high = await MakeAsync(source, v => v.Jpeg(90));

        low.Bytes.Length.ShouldBeLessThan(high.Bytes.Length);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public async Task ProcessAsync_LosslessWithoutResize_KeepsEveryPixel(ImageFormat format)
    {
        var source = Photo(120, 80, ".png");

        using var made = DecodedOutput.Of(await MakeAsync(source, v => v.Encode(new(format, Compression: ImageCompression.Lossless))));
        using var original = DecodedOutput.Of(new("source", ImageFormat.Png, 120, 80, 1, source));

        made.MeanDifference(original).ShouldBe(0);
    }

    [Fact]
    public async Task ProcessAsync_Cmyk_ComesOutInItsColors()
    {
        using var made = DecodedOutput.Of(await MakeAsync(Cmyk(60, 40), v => v.Resize(30).Jpeg(95)));

        made.Interpretation.ShouldBe(NetVips.Enums.Interpretation.Srgb);
        made.ShouldShow(Red, 15, 10, tolerance: 40);
    }

    [Fact]
    public async Task ProcessAsync_CmykWithProfileKept_IsStillConverted()
    {
        using var made = DecodedOutput.Of(await MakeAsync(Cmyk(60, 40), v => v.Resize(30).Jpeg(95).Keep(ImageMetadata.All)));

        made.Interpretation.ShouldBe(NetVips.Enums.Interpretation.Srgb);
        made.ShouldShow(Red, 15, 10, tolerance: 40);
    }

    [Fact]
    public async Task ProcessAsync_Default_StripsMetadata()
    {
        using var made = DecodedOutput.Of(await MakeAsync(WithMetadata(80, 60), v => v.Resize(40).Jpeg(95)));

        made.Fields.ShouldNotContain("icc-profile-data");
        made.Fields.ShouldNotContain("xmp-data");
        made.Fields.ShouldNotContain(field => field.Contains("Artist"));

        // The source says that its colours are Display P3, whose reds are stronger than those of sRGB.
        made.ShouldShow(new(242, 0, 3), 10, 10, tolerance: 8);
    }

    [Fact]
    public async Task ProcessAsync_Keep_KeepsWhatWasNamed()
    {
        var result = await MakeAsync(WithMetadata(80, 60), ImagePlan.Create()
            .Variant("exif", v => v.Resize(40).Jpeg(95).Keep(ImageMetadata.Exif))
            .Variant("icc", v => v.Resize(40).Jpeg(95).Keep(ImageMetadata.Icc))
            .Variant("all", v => v.Resize(40).Jpeg(95).Keep(ImageMetadata.All)));

        using var exif = DecodedOutput.Of(result["exif"]);
        exif.Field("exif-ifd0-Artist").ToString()!.ShouldStartWith("A. Photographer");
        exif.Fields.ShouldNotContain("icc-profile-data");
        using var icc = DecodedOutput.Of(result["icc"]);
        icc.Fields.ShouldContain("icc-profile-data");
        icc.Fields.ShouldNotContain(field => field.Contains("Artist"));
        icc.ShouldShow(Red, 10, 10, tolerance: 8);
        using var all = DecodedOutput.Of(result["all"]);
        all.Fields.ShouldContain("icc-profile-data");
        all.Fields.ShouldContain("xmp-data");
        all.Fields.ShouldContain("exif-ifd0-Artist");
    }

    [Fact]
    public async Task ProcessAsync_ManyVariants_AnswersInThePlansOrder()
    {
        var result = await MakeAsync(Photo(800, 600), ImagePlan.Create()
            .Variant("small", v => v.Resize(100).Jpeg())
            .Variant("large", v => v.Resize(400).WebP())
            .Variant("medium", v => v.Resize(200, 200, Fit.Cover).Png()));

        result.Outputs.Select(o => (o.Variant, o.Format, o.Width, o.Height)).ShouldBe(
        [
            ("small", ImageFormat.Jpeg, 100, 75),
            ("large", ImageFormat.WebP, 400, 300),
            ("medium", ImageFormat.Png, 200, 200),
        ]);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    public async Task ProcessAsync_ManyVariants_EqualSeparatePlans(string suffix)
    {
        var source = Photo(1600, 1200, suffix);
        (string Name, Func<ImageVariant, ImageVariant> Steps)[] variants =
        [
            ("inside", v => v.Resize(800).Png()),
            ("half", v => v.Resize(400).Png()),
            ("between", v => v.Resize(300).Png()),
            ("small", v => v.Resize(100).Png()),
            ("cover", v => v.Resize(150, 150, Fit.Cover, Gravity.East).Png()),
            ("fill", v => v.Resize(120, 120, Fit.Fill).Png()),
            ("exact", v => v.Resize(90, 200, Fit.Exact).Png()),
        ];

        var together = await MakeAsync(source, variants.Aggregate(ImagePlan.Create(), (plan, v) => plan.Variant(v.Name, v.Steps)));

        foreach (var (name, steps) in variants)
        {
            using var alone = DecodedOutput.Of(await MakeAsync(source, steps));
            using var chained = DecodedOutput.Of(together[name]);
            chained.MeanDifference(alone).ShouldBeLessThan(2, name);
        }
    }

    [Fact]
    public async Task ProcessAsync_CropsBesideOthers_CutFromTheWholePicture()
    {
        var result = await MakeAsync(Quarters(400, 200), ImagePlan.Create()
            .Variant("corner", v => v.Crop(100, 100, Gravity.SouthEast).Resize(50).Png())
            .Variant("small", v => v.Resize(40).Png()));

        using var corner = DecodedOutput.Of(result["corner"]);
        using var small = DecodedOutput.Of(result["small"]);
        corner.ShouldShow(Yellow, 5, 5);
        small.ShouldShow(Red, 5, 5);
    }

    [Fact]
    public async Task ProcessAsync_ManyAtOnce_DoNotDisturbEachOther()
    {
        var sources = new[] { Red, Green, Blue, Yellow }
            .Select(color => (color, bytes: Plain(120, 90, color).PngsaveBuffer()))
            .ToImmutableArray();

        var outputs = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => MakeAsync(sources[i % 4].bytes, v => v.Resize(30).Png())));

        for (var i = 0; i < outputs.Length; i++)
        {
            using var made = DecodedOutput.Of(outputs[i]);
            made.ShouldShow(sources[i % 4].color, 15, 10, tolerance: 1);
        }
    }

    [Fact]
    public async Task ProcessAsync_CancelledBefore_IsCancelled()
    {
        var processor = Create(new ImagesOptions());

        await Should.ThrowAsync<OperationCanceledException>(() => processor.ProcessAsync(
            Quarters(40, 40), ImagePlan.Create().Variant("one", v => v.Jpeg()), new CancellationToken(canceled: true)));
    }

    private static ImageColor QuarterAt(int x, int y) => (x < 200, y < 100) switch
    {
        (true, true) => Red,
        (false, true) => Green,
        (true, false) => Blue,
        (false, false) => Yellow,
    };

    private static bool IsColorful(ReadOnlySpan<byte> point) => Math.Abs(point[0] - point[2]) > 20;
}
