using Armature.CommandLine;
using Armature.Hosting;

namespace Armature.Images;

public sealed class VariantPlanTests
{
    private static readonly ImagesArguments Arguments = new()
    {
        Inputs = ["photos"],
        OutputFolder = "thumbs",
        Common = new CommonArguments(null, ReportFormat.Text, Verbosity.Quiet),
    };

    private readonly ImagesOptions _options = new();

    [Fact]
    public void Create_NothingGiven_IsAJpegThumbnailThatFitsInside()
    {
        var variant = VariantPlan.Create(Arguments, _options).Variants.ShouldHaveSingleItem();

        variant.Resizing.ShouldBe(new ImageResize(200, 200, Fit.Inside, Gravity.Center, Enlargement.Never));
        variant.Encoding.Format.ShouldBe(ImageFormat.Jpeg);
    }

    [Fact]
    public void Create_Presets_AreVariantsInTheirOrderAndOnce()
    {
        var plan = VariantPlan.Create(Arguments with { Presets = ["large", "thumb", "LARGE"] }, _options);

        plan.Variants.Select(variant => variant.Name).ShouldBe(["large", "thumb"]);
        plan.Variants[0].Resizing!.Width.ShouldBe(1920);
        plan.Presets.ShouldBeEmpty();
    }

    [Fact]
    public void Create_UnknownPreset_NamesTheKnownOnes()
    {
        var refused = Should.Throw<UsageException>(() => VariantPlan.Create(Arguments with { Presets = ["huge"] }, _options));

        refused.Message.ShouldContain("'huge'");
        refused.Message.ShouldContain("large, medium, small, thumb");
    }

    [Fact]
    public void Create_FitThatNeedsTwoSides_SaysWhichOptionsDoNotGoTogether()
    {
        var refused = Should.Throw<UsageException>(() => VariantPlan.Create(Arguments with { Size = new ImageSize(200, null), Fit = Fit.Cover }, _options));

        refused.Message.ShouldStartWith("--fit cover needs both sides in --size");
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, "a.jpg", "a.jpg")]
    [InlineData(ImageFormat.Jpeg, "a.JPG", "a.JPG")]
    [InlineData(ImageFormat.Jpeg, "a.jpeg", "a.jpeg")]
    [InlineData(ImageFormat.Jpeg, "a.png", "a.png.jpg")]
    [InlineData(ImageFormat.Jpeg, "a", "a.jpg")]
    [InlineData(ImageFormat.Jpeg, "a[n=-1]", "a[n=-1].jpg")]
    [InlineData(ImageFormat.WebP, "a.jpg", "a.jpg.webp")]
    [InlineData(ImageFormat.WebP, "a.WebP", "a.WebP")]
    public void FormatsOf_Format_DecidesTheName(ImageFormat format, string source, string output)
    {
        var plan = VariantPlan.Create(Arguments with { Format = format }, _options);

        VariantPlan.FormatsOf(plan)[0].FileName(source).ShouldBe(output);
    }
}
