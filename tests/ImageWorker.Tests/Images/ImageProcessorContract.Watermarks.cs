using Armature.Hosting;
using static Armature.Images.TestPictures;

namespace Armature.Images;

public abstract partial class ImageProcessorContract
{
    [Theory]
    [InlineData(Gravity.NorthWest, 10, 10)]
    [InlineData(Gravity.SouthEast, 190, 90)]
    [InlineData(Gravity.Center, 100, 50)]
    public async Task ProcessAsync_Watermark_IsLaidWhereItBelongs(Gravity position, int x, int y)
    {
        var logo = Plain(20, 20, ImageColor.Black).PngsaveBuffer();
        var mark = new ImageWatermark { Image = logo, Position = position, Scale = 0.1, Margin = 0 };

        using var made = DecodedOutput.Of(await MakeAsync(Quarters(200, 100), v => v.Watermark(mark).Png()));

        made.HasAlpha.ShouldBeFalse();
        made.ShouldShow(ImageColor.Black, x, y, tolerance: 2);
        made.ShouldShow(Green, 150, 25, tolerance: 2);
    }

    [Fact]
    public async Task ProcessAsync_WatermarkMargin_KeepsItFromTheEdge()
    {
        var logo = Plain(20, 20, ImageColor.Black).PngsaveBuffer();
        var mark = new ImageWatermark { Image = logo, Position = Gravity.NorthWest, Scale = 0.1, Margin = 0.1 };

        using var made = DecodedOutput.Of(await MakeAsync(Quarters(200, 100), v => v.Watermark(mark).Png()));

        made.ShouldShow(Red, 5, 5, tolerance: 2);
        made.ShouldShow(ImageColor.Black, 20, 20, tolerance: 2);
    }

    [Fact]
    public async Task ProcessAsync_WatermarkOpacity_LetsThePictureThrough()
    {
        var logo = Plain(20, 20, ImageColor.Black).PngsaveBuffer();

        using var made = DecodedOutput.Of(await MakeAsync(
            Plain(100, 100, ImageColor.White).PngsaveBuffer(), v => v.Watermark(logo, Gravity.Center, opacity: 0.5, scale: 0.5).Png()));

        made.ShouldShow(new(128, 128, 128), 50, 50, tolerance: 4);
    }

    [Fact]
    public async Task ProcessAsync_WatermarkOnGray_IsColored()
    {
        var gray = Plain(100, 100, ImageColor.White).Colourspace(NetVips.Enums.Interpretation.Bw).PngsaveBuffer();
        var logo = Plain(20, 20, Red).PngsaveBuffer();

        using var made = DecodedOutput.Of(await MakeAsync(gray, v => v.Watermark(logo, Gravity.Center, scale: 0.5).Png()));

        made.ShouldShow(Red, 50, 50, tolerance: 2);
        made.ShouldShow(ImageColor.White, 5, 5, tolerance: 2);
    }

    [Fact]
    public async Task ProcessAsync_WatermarkLargerThanThePicture_IsFittedIn()
    {
        var logo = Plain(50, 500, ImageColor.Black).PngsaveBuffer();

        using var made = DecodedOutput.Of(await MakeAsync(Quarters(200, 100), v => v.Watermark(logo, Gravity.Center, scale: 1).Png()));

        (made.Width, made.Height).ShouldBe((200, 100));
        made.ShouldShow(ImageColor.Black, 100, 50, tolerance: 2);
        made.ShouldShow(Red, 50, 25, tolerance: 2);
    }

    [Fact]
    public async Task ProcessAsync_WatermarkNoPicture_SaysSo()
    {
        var error = await Should.ThrowAsync<ImageException>(() => MakeAsync(Quarters(200, 100), v => v.Watermark([1, 2, 3]).Png()));

        error.Code.ShouldBe(ImageErrorCodes.WatermarkInvalid);
        error.Message.ShouldContain("one");
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("<b>5 & 6</b> <i>")]
    [InlineData("two\nlines")]
    public async Task ProcessAsync_WatermarkText_IsSetAsItIs(string text)
    {
        Assert.SkipUnless(SystemFonts.Find(SystemFonts.Directories) is not null, "There is no font on this machine.");

        using var made = DecodedOutput.Of(await MakeAsync(
            Plain(400, 200, ImageColor.White).PngsaveBuffer(),
            v => v.WatermarkText(text, Gravity.Center, scale: 0.5, color: ImageColor.Black).Png()));

        var dark = Enumerable.Range(0, 400 * 200).Select(i => (X: i % 400, Y: i / 400)).Where(p => made.At(p.X, p.Y)[0] < 100).ToArray();
        dark.Length.ShouldBeGreaterThan(300);
        (dark.Max(p => p.X) - dark.Min(p => p.X)).ShouldBeInRange(170, 200);
        ((dark.Min(p => p.X) + dark.Max(p => p.X)) / 2).ShouldBeInRange(190, 210);
    }

    [Fact]
    public async Task ProcessAsync_TextWithAbsentFontFile_SaysSo()
    {
        var options = new ArmatureOptions();
        options.Images.FontFile = "/nowhere/at-all.ttf";

        var error = await Should.ThrowAsync<ImageException>(() => MakeAsync(
            Quarters(200, 100), ImagePlan.Create().Variant("one", v => v.WatermarkText("Hello").Png()), options));

        error.Code.ShouldBe(ImageErrorCodes.FontMissing);
        error.Message.ShouldContain("/nowhere/at-all.ttf");
    }
}
