using Armature.Images;

namespace Armature.CommandLine;

public sealed class ArmatureCommandTests
{
    private readonly ArmatureCommand _command = new();

    [Fact]
    public void Images_OnlyInputsAndOut_TakesTheDefaults()
    {
        var arguments = Read("images", "photos", "a.png", "--out", "thumbs");

        arguments.Inputs.ShouldBe(["photos", "a.png"]);
        arguments.OutputFolder.ShouldBe("thumbs");
        arguments.Size.ShouldBeNull();
        arguments.Fit.ShouldBeNull();
        arguments.Format.ShouldBeNull();
        arguments.Quality.ShouldBeNull();
        arguments.Presets.ShouldBeEmpty();
        arguments.Existing.ShouldBe(ExistingOutputs.Keep);
        arguments.Common.ShouldBe(new CommonArguments(null, ReportFormat.Text, Verbosity.Quiet));
    }

    [Fact]
    public void Images_EveryOption_IsRead()
    {
        var arguments = Read(
            "images", "photos", "-o", "thumbs", "--size", "640x480", "--fit", "Cover", "--format", "WEBP", "--quality", "70", "--force",
            "--cluster", "localhost:6379", "--json", "--verbose");

        arguments.Size.ShouldBe(new ImageSize(640, 480));
        arguments.Fit.ShouldBe(Fit.Cover);
        arguments.Format.ShouldBe(ImageFormat.WebP);
        arguments.Quality.ShouldBe(70);
        arguments.Existing.ShouldBe(ExistingOutputs.Remake);
        arguments.Common.ShouldBe(new CommonArguments(new ClusterAddress("localhost:6379"), ReportFormat.Json, Verbosity.Verbose));
    }

    [Fact]
    public void Images_CommonOptionsBeforeTheVerb_AreRead() =>
        Read("--json", "images", "photos", "--out", "thumbs").Common.Format.ShouldBe(ReportFormat.Json);

    [Fact]
    public void Images_SeveralPresets_AreReadInOrder() =>
        Read("images", "photos", "--out", "thumbs", "--preset", "large", "--preset", "thumb").Presets.ShouldBe(["large", "thumb"]);

    [Fact]
    public void Images_OptionAfterPreset_IsNotTakenForAPreset() =>
        Read("images", "--preset", "large", "photos", "--out", "thumbs").Inputs.ShouldBe(["photos"]);

    [Theory]
    [InlineData("images --out thumbs", "PHOTOS")]
    [InlineData("images photos", "--out")]
    [InlineData("images photos --out thumbs --size 0x0", "'0x0' is no size")]
    [InlineData("images photos --out thumbs --fit wide", "inside, cover, fill, exact")]
    [InlineData("images photos --out thumbs --format bmp", "jpeg, jpg, png, webp, avif, gif")]
    [InlineData("images photos --out thumbs --quality 101", "from 1 to 100")]
    [InlineData("images photos --out thumbs --preset thumb --size 200 --quality 3", "--size and --quality cannot stand beside it")]
    [InlineData("images photos --out thumbs --cluster nowhere", "HOST:PORT")]
    [InlineData("images photos --out thumbs --colour", "--colour")]
    [InlineData("samples photos --count 0", "from 1 to 10000")]
    [InlineData("samples photos --count 99999999999", "from 1 to 10000")]
    [InlineData("samples photos --count -1", "from 1 to 10000")]
    [InlineData("samples photos --count many", "from 1 to 10000")]
    [InlineData("images photos --out thumbs --quality 99999999999", "from 1 to 100")]
    [InlineData("images photos --out thumbs --size 99999999999", "is no size")]
    [InlineData("serve --http-port 99999999999", "from 0 to 65535")]
    [InlineData("samples photos --cluster local", "works on no cluster")]
    [InlineData("pictures photos --out thumbs", "pictures")]
    public void Parse_BadUsage_SaysWhatIsWrong(string line, string message)
    {
        var parsed = _command.Parse(line.Split(' '));

        parsed.Errors.Select(error => error.Message).ShouldContain(text => text.Contains(message, StringComparison.Ordinal));
    }

    private ImagesArguments Read(params string[] args)
    {
        var parsed = _command.Parse(args);
        parsed.Errors.ShouldBeEmpty();
        return _command.Images.Read(parsed);
    }
}
