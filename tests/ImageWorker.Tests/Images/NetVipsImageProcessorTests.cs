using Armature.Hosting;
using static Armature.Images.TestPictures;

namespace Armature.Images;

public sealed class NetVipsImageProcessorTests : ImageProcessorContract
{
    protected override IImageProcessor Create(ImagesOptions options) =>
        new NetVipsImageProcessor(new() { FontFile = options.FontFile, MaxPixels = options.MaxPixels });

    [Fact]
    public async Task ProcessAsync_TextWithoutAnyFont_SaysSo()
    {
        var empty = Directory.CreateTempSubdirectory("fonts").FullName;
        var processor = new NetVipsImageProcessor(new() { FontDirectories = [empty] });

        var error = await Should.ThrowAsync<ImageException>(() => processor.ProcessAsync(
            Quarters(200, 100), ImagePlan.Create().Variant("one", v => v.WatermarkText("Hello").Png()), TestContext.Current.CancellationToken));

        error.Code.ShouldBe(ImageErrorCodes.FontMissing);
        error.Message.ShouldContain(empty);
        Directory.Delete(empty);
    }

    [Fact]
    public async Task ProcessAsync_OverThePixelBudget_IsRefusedWithoutTheGuardToo()
    {
        var processor = new NetVipsImageProcessor(new() { MaxPixels = 1000 });

        var error = await Should.ThrowAsync<ImageException>(() => processor.ProcessAsync(
            Quarters(40, 40), ImagePlan.Create().Variant("one", v => v.Png()), TestContext.Current.CancellationToken));

        error.Code.ShouldBe(ImageErrorCodes.ImageTooLarge);
    }

    [Fact]
    public async Task ProcessAsync_PresetNotExpanded_IsRefused()
    {
        var processor = new NetVipsImageProcessor(new());

        var error = await Should.ThrowAsync<ImageException>(() => processor.ProcessAsync(
            Quarters(40, 40), ImagePlan.Create().Preset("thumb"), TestContext.Current.CancellationToken));

        error.Code.ShouldBe(ImageErrorCodes.PresetUnknown);
    }
}
