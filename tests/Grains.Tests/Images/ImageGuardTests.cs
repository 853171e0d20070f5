using Armature.Hosting;
using Armature.Testing.Images;
using Microsoft.Extensions.Options;

namespace Armature.Images;

public sealed class ImageGuardTests
{
    private static readonly ImagePlan Thumbnail = ImagePlan.Create().Variant("thumb", v => v.Resize(200).Jpeg());
    private readonly ArmatureOptions _options = new();

    [Fact]
    public void Admit_GoodPicture_IsLetThroughUncopied()
    {
        ReadOnlyMemory<byte> source = MadePng.Gray(64, 48);

        Admit(source).ShouldBe(source);
    }

    [Fact]
    public void Admit_Empty_SaysSo() => Refuse([], Thumbnail).Code.ShouldBe(ImageErrorCodes.SourceEmpty);

    [Fact]
    public void Admit_TooManyBytes_SaysHowManyAreRead()
    {
        _options.Images.MaxSourceBytes = 1024;

        var refused = Refuse([.. MadePng.Gray(64, 48), .. new byte[1024]], Thumbnail);

        refused.Code.ShouldBe(ImageErrorCodes.SourceTooLarge);
        refused.Message.ShouldContain("1,024");
    }

    [Theory]
    [InlineData(3, 14_400_000)]
    [InlineData(14_400_000, 3)]
    [InlineData(32_768, 1)]
    public void Admit_Strip_IsTooLarge(int width, int height)
    {
        var refused = Refuse(MadePng.With(width, height, 1, 0, []), Thumbnail);

        refused.Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
        refused.Message.ShouldContain("MaxSide");
    }

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(7_072, 7_072)]
    public void Admit_TooManyPixels_IsTooLarge(int width, int height)
    {
        var refused = Refuse(MadePng.With(width, height, 1, 0, []), Thumbnail);

        refused.Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
        refused.Message.ShouldContain("MaxPixels");
    }

    [Fact]
    public void Admit_AtThePixelBudget_IsLetThrough()
    {
        _options.Images.MaxPixels = 64 * 48;

        Admit(MadePng.Gray(64, 48)).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Admit_PixelsOverAllFrames_AreSummed() =>
        Refuse(MadeGif.WithFrames(1000, 1000, 60), Thumbnail).Code.ShouldBe(ImageErrorCodes.ImageTooLarge);

    [Fact]
    public void Admit_ManyTinyFrames_AreTooMany() =>
        Refuse(MadeGif.WithFrames(1, 1, 100_000), Thumbnail).Code.ShouldBe(ImageErrorCodes.TooManyFrames);

    public static TheoryData<byte[]> CostlyPictures =>
    [
        MadeAvif.Headers((6000, 5000)),
        MadeJpeg.Headers(6000, 5000, frameMarker: 0xC2),
        MadePng.With(6000, 5000, 1, 1, []),
    ];

    [Theory]
    [MemberData(nameof(CostlyPictures))]
    public void Admit_CostlyDecoder_HasALowerBudget(byte[] source)
    {
        var refused = Refuse(source, Thumbnail);

        refused.Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
        refused.Message.ShouldContain("MaxCostlyPixels");
        Admit(MadeJpeg.Headers(6000, 5000)).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Admit_ManyScans_AreTooCostly() =>
        Refuse(MadeJpeg.Headers(600, 500, frameMarker: 0xC2, scans: 883), Thumbnail).Code.ShouldBe(ImageErrorCodes.ImageTooCostly);

    [Fact]
    public void Admit_ManySamples_AreTooCostly() =>
        Refuse(MadeTiff.Headers(600, 500, samples: 60_000), Thumbnail).Code.ShouldBe(ImageErrorCodes.ImageTooCostly);

    [Fact]
    public void Admit_PackedTexts_AreDropped() =>
        Admit(MadePng.WithPackedTexts()).ToArray().ShouldBe(MadePng.Gray(64, 64));

    [Fact]
    public void Admit_OutputOverTheBudget_NamesTheVariant()
    {
        var refused = Refuse(MadePng.Gray(1, 3000), ImagePlan.Create().Variant("wide", v => v.Resize(3000).Enlarge().Png()));

        refused.Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
        refused.Message.ShouldContain("wide");
    }

    [Fact]
    public void Admit_AnimatedOutputOverTheBudget_CountsItsFrames()
    {
        var plan = ImagePlan.Create().Variant("large", v => v.Resize(1000, 1000).Enlarge().WebP());
        var still = ImagePlan.Create().Variant("large", v => v.Resize(1000, 1000).Enlarge().Png());

        Refuse(MadeGif.WithFrames(10, 10, 100), plan).Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
        Admit(MadeGif.WithFrames(10, 10, 100), still).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Admit_BadWatermark_SaysWhy()
    {
        var plan = ImagePlan.Create().Variant("marked", v => v.Watermark(MadePng.With(30_000, 30_000, 1, 0, [])).Png());

        var refused = Refuse(MadePng.Gray(64, 48), plan);

        refused.Code.ShouldBe(ImageErrorCodes.WatermarkInvalid);
        refused.Message.ShouldContain("marked");
        refused.Message.ShouldContain("MaxPixels");
    }

    [Fact]
    public void Admit_PlanThatBreaksARule_IsRefused() =>
        Refuse(MadePng.Gray(64, 48), new() { Variants = [new() { Name = "../up" }] }).Code.ShouldBe(ImageErrorCodes.PlanInvalid);

    private ReadOnlyMemory<byte> Admit(ReadOnlyMemory<byte> source, ImagePlan? plan = null) =>
        new ImageGuard(Options.Create(_options)).Admit(source, plan ?? Thumbnail);

    private ImageException Refuse(byte[] source, ImagePlan plan) => Should.Throw<ImageException>(() => { Admit(source, plan); });
}
