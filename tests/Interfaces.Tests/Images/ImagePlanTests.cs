using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Images;

public sealed class ImagePlanTests
{
    public static TheoryData<string, Func<ImageVariant, ImageVariant>> BrokenVariants => new()
    {
        { "neither width nor height", v => v.Resize(null) },
        { "1 to 16,383", v => v.Resize(0) },
        { "1 to 16,383", v => v.Resize(20_000) },
        { "50,000,000", v => v.Resize(16_000, 16_000) },
        { "needs both", v => v.Resize(200, fit: Fit.Cover) },
        { "cuts nothing off", v => v.Resize(200, 200, Fit.Fill, Gravity.Attention) },
        { "has no pixels", v => v.Crop(0, 10) },
        { "1 to 100", v => v.Jpeg(0) },
        { "1 to 100", v => v.WebP(101) },
        { "0 to 6", v => v.WebP(effort: 7) },
        { "0 to 9", v => v.Avif(effort: 10) },
        { "1 to 10", v => v.Png(effort: 0) },
        { "TIFF is read but not written", v => v.Encode(new(ImageFormat.Tiff)) },
        { "no lossless form", v => v.Encode(new(ImageFormat.Jpeg, Compression: ImageCompression.Lossless)) },
        { "format 99", v => v.Encode(new((ImageFormat)99)) },
        { "either an image or a text", v => v.Watermark(new ImageWatermark()) },
        { "either an image or a text", v => v.Watermark(new ImageWatermark { Image = [1], Text = "a" }) },
        { "0 bytes is not allowed", v => v.Watermark([]) },
        { "1 to 256 characters", v => v.WatermarkText(" ") },
        { "1 to 256 characters", v => v.WatermarkText(new string('a', 257)) },
        { "control characters", v => v.WatermarkText("a\0b") },
        { "opacity", v => v.WatermarkText("a", opacity: 1.1) },
        { "opacity", v => v.WatermarkText("a", opacity: double.NaN) },
        { "scale", v => v.WatermarkText("a", scale: 0) },
        { "margin", v => v.Watermark(new ImageWatermark { Text = "a", Margin = 0.6 }) },
        { "not by attention", v => v.WatermarkText("a", Gravity.Attention) },
        { "at most 8", v => Enumerable.Range(0, 9).Aggregate(v, (marked, _) => marked.WatermarkText("a")) },
        { "Enlarge needs a size", v => v.Enlarge() },
    };

    [Theory]
    [MemberData(nameof(BrokenVariants))]
    public void Variant_BreaksARule_SaysWhich(string expected, Func<ImageVariant, ImageVariant> steps)
    {
        var error = Should.Throw<ImageException>(() => ImagePlan.Create().Variant("one", steps));

        error.Code.ShouldBe(ImageErrorCodes.PlanInvalid);
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("one");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("a b")]
    [InlineData("a.b")]
    public void Variant_NameNotAllowed_SaysSo(string name) =>
        Should.Throw<ImageException>(() => ImagePlan.Create().Variant(name, v => v)).Message.ShouldContain("1 to 64");

    [Fact]
    public void Variant_NameTwice_SaysSo()
    {
        var plan = ImagePlan.Create().Variant("thumb", v => v);

        Should.Throw<ImageException>(() => plan.Variant("Thumb", v => v)).Message.ShouldContain("twice");
        Should.Throw<ImageException>(() => plan.Preset("thumb")).Message.ShouldContain("twice");
    }

    [Fact]
    public void Variant_TooMany_SaysSo() =>
        Should.Throw<ImageException>(() => Enumerable.Range(0, 33).Aggregate(ImagePlan.Create(), (plan, i) => plan.Variant($"v{i}", v => v)))
            .Message.ShouldContain("at most 32");

    [Fact]
    public void Variant_OnAPlan_LeavesThePlanAsItWas()
    {
        var plan = ImagePlan.Create().Variant("a", v => v);

        plan.Variant("b", v => v);

        plan.Variants.Length.ShouldBe(1);
    }

    [Fact]
    public void Validate_NoOutputs_SaysSo() =>
        Should.Throw<ImageException>(ImagePlan.Create().Validate).Message.ShouldContain("no output");

    [Fact]
    public void Validate_NotWhole_SaysSo()
    {
        Should.Throw<ImageException>(new ImagePlan { Variants = default, Presets = ["a"] }.Validate).Code.ShouldBe(ImageErrorCodes.PlanInvalid);
        Should.Throw<ImageException>(new ImagePlan { Variants = [null!] }.Validate).Code.ShouldBe(ImageErrorCodes.PlanInvalid);
    }

    [Fact]
    public void Serialize_WholePlan_ComesBackAsItWas()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var plan = ImagePlan.Create()
            .Variant("thumb", v => v.Crop(500, 400, Gravity.Attention).Resize(200, 200, Fit.Cover, Gravity.North).Enlarge().Jpeg(70))
            .Variant("marked", v => v.Watermark([1, 2, 3], opacity: 0.5).WatermarkText("a", color: new(1, 2, 3)).Background(new(4, 5, 6)).Avif(50, 3))
            .Variant("moving", v => v.FirstFrame().Keep(ImageMetadata.Exif | ImageMetadata.Icc).WebP(effort: 4))
            .Preset("large")
            .KeepOrientation();

        var back = serializer.Deserialize<ImagePlan>(serializer.SerializeToArray(plan))!;

        serializer.SerializeToArray(back).ShouldBe(serializer.SerializeToArray(plan));
        back.ShouldBeEquivalentTo(plan);
    }

    [Fact]
    public void Presets_OfTheOptions_AreVariants()
    {
        foreach (var (name, preset) in new ArmatureOptions().Images.Presets)
        {
            var variant = preset.ToVariant(name);

            (variant.Name, variant.Encoding.Format, variant.Resizing!.Fit).ShouldBe((name, ImageFormat.Jpeg, Fit.Inside));
        }
    }

    [Fact]
    public void ToVariant_BrokenPreset_SaysWhy() =>
        Should.Throw<ImageException>(() => new ImagePresetOptions { Width = 10, Fit = Fit.Cover }.ToVariant("odd")).Message.ShouldContain("odd");
}
