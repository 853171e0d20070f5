using static Armature.Images.TestPictures;

namespace Armature.Images;

public abstract partial class ImageProcessorContract
{
    [Theory]
    [InlineData(ImageFormat.Gif, ImageFormat.Gif)]
    [InlineData(ImageFormat.Gif, ImageFormat.WebP)]
    [InlineData(ImageFormat.WebP, ImageFormat.WebP)]
    [InlineData(ImageFormat.WebP, ImageFormat.Gif)]
    [InlineData(ImageFormat.Gif, ImageFormat.Source)]
    public async Task ProcessAsync_Animation_StaysAnimated(ImageFormat source, ImageFormat target)
    {
        var output = await MakeAsync(Animation(80, 60, frames: 4, source), v => v.Resize(40).Encode(new(target)));

        using var made = DecodedOutput.Of(output);
        (made.Width, made.Height, made.Frames).ShouldBe((40, 30, 4));
        made.ShouldShow(Red, 20, 15, frame: 0);
        made.ShouldShow(Green, 20, 15, frame: 1);
        made.ShouldShow(Blue, 20, 15, frame: 2);
        made.ShouldShow(Yellow, 20, 15, frame: 3);
        ((int[])made.Field("delay")).ShouldBe([120, 120, 120, 120]);
        made.Field("loop").ShouldBe(3);
    }

    [Theory]
    [InlineData(Fit.Cover)]
    [InlineData(Fit.Fill)]
    [InlineData(Fit.Exact)]
    public async Task ProcessAsync_AnimationInABox_EveryFrameHasItsSize(Fit fit)
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            Animation(80, 60, frames: 3, ImageFormat.Gif), v => v.Resize(30, 30, fit).WebP()));

        (made.Width, made.Height, made.Frames).ShouldBe((30, 30, 3));
        made.ShouldShow(Blue, 15, 15, frame: 2);
    }

    [Fact]
    public async Task ProcessAsync_AnimationCroppedByAttention_EveryFrameIsCutAtTheSamePlace()
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            Animation(80, 60, frames: 3, ImageFormat.Gif), v => v.Crop(40, 40, Gravity.Attention).Gif()));

        (made.Width, made.Height, made.Frames).ShouldBe((40, 40, 3));
    }

    [Fact]
    public async Task ProcessAsync_AnimationWithWatermark_MarksEveryFrame()
    {
        var logo = Plain(20, 20, ImageColor.Black).PngsaveBuffer();

        using var made = DecodedOutput.Of(await MakeAsync(
            Animation(80, 60, frames: 3, ImageFormat.Gif), v => v.Watermark(logo, Gravity.Center, scale: 0.5).WebP()));

        made.ShouldShow(ImageColor.Black, 40, 30, frame: 0);
        made.ShouldShow(ImageColor.Black, 40, 30, frame: 2);
        made.ShouldShow(Green, 5, 5, frame: 1);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Avif)]
    public async Task ProcessAsync_AnimationToStillFormat_IsItsFirstFrame(ImageFormat target)
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            Animation(80, 60, frames: 4, ImageFormat.Gif), v => v.Resize(40).Encode(new(target))));

        made.Frames.ShouldBe(1);
        made.ShouldShow(Red, 20, 15);
    }

    [Fact]
    public async Task ProcessAsync_FirstFrame_IsStill()
    {
        using var made = DecodedOutput.Of(await MakeAsync(
            Animation(80, 60, frames: 4, ImageFormat.WebP), v => v.FirstFrame().WebP()));

        made.Frames.ShouldBe(1);
        made.ShouldShow(Red, 40, 30);
    }

    [Fact]
    public async Task ProcessAsync_StillAndAnimatedVariants_ComeFromOneSource()
    {
        var result = await MakeAsync(Animation(80, 60, frames: 4, ImageFormat.Gif), ImagePlan.Create()
            .Variant("still", v => v.Resize(20).Jpeg())
            .Variant("moving", v => v.Resize(40).WebP()));

        result.Outputs.Select(o => (o.Variant, o.Frames)).ShouldBe([("still", 1), ("moving", 4)]);
    }
}
