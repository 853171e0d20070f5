using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Testing;

namespace Armature.Images;

/// <summary>The built command on real files.</summary>
public sealed class ImagesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string In => _folder.File("in");

    private string Out => _folder.File("out");

    [Fact]
    public async Task Images_Defaults_MakesAThumbnailOfEachPicture()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));
        TestPictures.Write(_folder.File("in", "trip", "B.JPEG"), 300, 600);
        TestPictures.Write(_folder.File("in", "trip", "c.png"), 100, 50);
        TestPictures.Write(_folder.File("in", "x.jpg", "d[n=-1]"));
        TestPictures.Write(_folder.File("in", ".hidden.jpg"));

        (await CommandProcess.RunAsync("images", In, "--out", Out)).ShouldExitWith(ExitCode.Done);

        Outputs().ShouldBe(["a.jpg", "trip/B.JPEG", "trip/c.png.jpg", "x.jpg/d[n=-1].jpg"], ignoreOrder: true);
        TestPictures.Read(_folder.File("out", "a.jpg")).ShouldBe((200, 150, "jpegload_buffer"));
        TestPictures.Read(_folder.File("out", "trip", "B.JPEG")).ShouldBe((100, 200, "jpegload_buffer"));
        TestPictures.Read(_folder.File("out", "trip", "c.png.jpg")).ShouldBe((100, 50, "jpegload_buffer"));
    }

    [Fact]
    public async Task Images_SizeFitAndFormat_AreApplied()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));

        (await CommandProcess.RunAsync("images", In, "--out", Out, "--size", "120x120", "--fit", "cover", "--format", "webp")).ShouldExitWith(ExitCode.Done);

        TestPictures.Read(_folder.File("out", "a.jpg.webp")).ShouldBe((120, 120, "webpload_buffer"));
    }

    [Fact]
    public async Task Images_SeveralPresets_HaveAFolderEach()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"), 1000, 1000);

        (await CommandProcess.RunAsync("images", In, "--out", Out, "--preset", "thumb", "--preset", "small")).ShouldExitWith(ExitCode.Done);

        Outputs().ShouldBe(["thumb/a.jpg", "small/a.jpg"], ignoreOrder: true);
        TestPictures.Read(_folder.File("out", "small", "a.jpg")).Width.ShouldBe(640);
    }

    [Fact]
    public async Task Images_BadFilesBesideGoodOnes_FailAloneAndAreListed()
    {
        TestPictures.Write(_folder.File("in", "good.jpg"));
        _folder.Write("in/notes.jpg", "no picture at all");
        _folder.Write("in/empty.jpg", "");
        File.CreateSymbolicLink(_folder.File("in", "gone.jpg"), _folder.File("nowhere.jpg"));
        TestPictures.Write(_folder.File("in", "twin.png"));
        TestPictures.Write(_folder.File("in", "twin.png.jpg"));

        var result = (await CommandProcess.RunAsync("images", In, "--out", Out, "--json")).ShouldExitWith(ExitCode.SomeFailed);

        Outputs().ShouldBe(["good.jpg"]);
        result.Json.GetProperty("failed").EnumerateArray()
            .ToDictionary(item => Path.GetFileName(item.GetProperty("item").GetString()!), item => item.GetProperty("code").GetString())
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["notes.jpg"] = "unsupported_format",
                    ["empty.jpg"] = "source_empty",
                    ["gone.jpg"] = "unreadable",
                    ["twin.png"] = "output_conflict",
                    ["twin.png.jpg"] = "output_conflict",
                },
                ignoreOrder: true);
    }

    [Fact]
    public async Task Images_BadFileInText_IsListedWithItsReason()
    {
        _folder.Write("in/notes.jpg", "no picture at all");

        var result = (await CommandProcess.RunAsync("images", In, "--out", Out)).ShouldExitWith(ExitCode.SomeFailed);

        result.Output.ShouldContain($"failed: {_folder.File("in", "notes.jpg")}: unsupported_format: ");
        result.Output.ShouldContain("1 failed");
        result.Error.ShouldStartWith("images: starting a silo on this machine ...");
    }

    [Fact]
    public async Task Images_Json_IsOneDocumentAndAllThereIs()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));

        var result = (await CommandProcess.RunAsync("images", In, "--out", Out, "--json", "--verbose")).ShouldExitWith(ExitCode.Done);

        result.Json.EnumerateObject().Take(4).Select(property => property.Name).ShouldBe(["items", "succeeded", "failed", "seconds"]);
        result.Json.GetProperty("items").GetInt32().ShouldBe(1);
        result.Json.GetProperty("succeeded").GetInt32().ShouldBe(1);
        result.Json.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Images_SecondRun_SkipsWhatIsUpToDate()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));
        TestPictures.Write(_folder.File("in", "b.jpg"));
        await CommandProcess.RunAsync("images", In, "--out", Out);
        TestPictures.Write(_folder.File("in", "b.jpg"), 600, 300);

        var result = (await CommandProcess.RunAsync("images", In, "--out", Out, "--json")).ShouldExitWith(ExitCode.Done);

        result.Json.GetProperty("skipped").GetInt32().ShouldBe(1);
        result.Json.GetProperty("succeeded").GetInt32().ShouldBe(2);
        TestPictures.Read(_folder.File("out", "b.jpg")).ShouldBe((200, 100, "jpegload_buffer"));
    }

    [Fact]
    public async Task Images_TwoCommandsAtATime_DoNotDisturbEachOther()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));

        var results = await Task.WhenAll(
            CommandProcess.RunAsync("images", In, "--out", _folder.File("one")),
            CommandProcess.RunAsync("images", In, "--out", _folder.File("two")));

        results.ShouldAllBe(result => result.ExitCode == ExitCode.Done);
        File.Exists(_folder.File("one", "a.jpg")).ShouldBeTrue();
        File.Exists(_folder.File("two", "a.jpg")).ShouldBeTrue();
    }

    [Fact]
    public async Task Images_Interrupted_LeavesWholeFilesAndSaysWhatWasFinished()
    {
        const int Pictures = 2_000;
        var picture = TestPictures.Write(_folder.File("one.jpg"), 3_000, 2_000);
        Directory.CreateDirectory(In);
        for (var i = 0; i < Pictures; i++)
        {
            File.CreateSymbolicLink(_folder.File("in", $"{i}.jpg"), picture);
        }

        using var command = CommandProcess.Start(["images", In, "--out", Out, "--json"]);
        await Eventually.BecomesTrueAsync(() => Directory.Exists(Out) && Outputs().Count > 0, "the first output is written");
        command.Interrupt();
        var result = (await command.WaitAsync()).ShouldExitWith(ExitCode.Cancelled);

        var outputs = Outputs();
        result.Json.GetProperty("cancelled").GetBoolean().ShouldBeTrue();
        result.Json.GetProperty("items").GetInt32().ShouldBe(Pictures);
        result.Json.GetProperty("succeeded").GetInt32().ShouldBe(outputs.Count);
        result.Json.GetProperty("outputs").GetInt32().ShouldBe(outputs.Count);
        outputs.Count.ShouldBeLessThan(Pictures);
        outputs.ShouldAllBe(output => TestPictures.Read(_folder.File("out", output)).Width == 200);
        Directory.EnumerateFiles(Out, UnfinishedFile.Prefix + "*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Images_SameRelativePathUnderTwoFolders_IsRefusedBeforeAnyWork()
    {
        TestPictures.Write(_folder.File("one", "a.jpg"));
        TestPictures.Write(_folder.File("two", "a.jpg"));

        var result = (await CommandProcess.RunAsync("images", _folder.File("one"), _folder.File("two"), "--out", Out)).ShouldExitWith(ExitCode.BadUsage);

        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("more than one input");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Images_OutIsTheInput_LeavesTheInputAlone()
    {
        var input = TestPictures.Write(_folder.File("in", "a.jpg"));
        var before = File.ReadAllBytes(input);

        (await CommandProcess.RunAsync("images", In, "--out", In)).ShouldExitWith(ExitCode.BadUsage);

        File.ReadAllBytes(input).ShouldBe(before);
    }

    [Theory]
    [InlineData("images")]
    [InlineData("images", "nowhere", "--out", "out")]
    [InlineData("images", "--colour", "--out", "out")]
    [InlineData("images", "", "--out", "out")]
    [InlineData("images", "photos", "--out", "")]
    [InlineData("batches", "list")]
    [InlineData("batches", "watch", "x")]
    [InlineData("serve", "--redis", "nowhere")]
    [InlineData("serve", "--roles", "cook")]
    [InlineData("serve", "--cluster", "local")]
    [InlineData("walk")]
    [InlineData]
    public async Task Command_BadUsage_SaysSoOnStandardErrorAlone(params string[] arguments)
    {
        var result = (await CommandProcess.RunAsync(arguments)).ShouldExitWith(ExitCode.BadUsage);

        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("armature: ");
    }

    [Fact]
    public async Task Images_InterruptedWhileTheSiloStarts_SaysSoAndNothingElse()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));
        var temporary = Directory.CreateDirectory(_folder.File("tmp"));
        using var command = CommandProcess.Start(["images", In, "--out", Out], ("TMPDIR", temporary.FullName));
        await Eventually.BecomesTrueAsync(() => temporary.EnumerateDirectories("armature-*").Any(), "the silo starts");
        command.Interrupt();

        var result = (await command.WaitAsync()).ShouldExitWith(ExitCode.Cancelled);

        result.Error.ShouldNotContain("fail:");
        result.Error.ShouldNotContain("   at ");
    }

    public void Dispose() => _folder.Dispose();

    private List<string> Outputs() => [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Out, path).Replace('\\', '/'))
        .Where(path => !Path.GetFileName(path).StartsWith('.'))];
}
