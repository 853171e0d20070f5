using Armature.CommandLine;
using Armature.Images;
using Armature.Testing;

namespace Armature.Samples;

public sealed class SamplesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Samples_Folder_GetsPicturesOfSixMegapixels()
    {
        (await CommandProcess.RunAsync("samples", _folder.File("pictures"), "--count", "2")).ShouldExitWith(ExitCode.Done);

        var pictures = Directory.GetFiles(_folder.File("pictures")).Select(TestPictures.Read).ToList();
        pictures.Count.ShouldBe(2);
        pictures.ShouldAllBe(picture => Math.Abs((picture.Width * picture.Height) - 6_000_000) < 100_000);
    }

    [Fact]
    public void Draw_SameNumber_IsTheSamePicture()
    {
        var token = TestContext.Current.CancellationToken;

        SamplePictures.Draw(3, token).ShouldBe(SamplePictures.Draw(3, token));
        SamplePictures.Draw(3, token).ShouldNotBe(SamplePictures.Draw(4, token));
    }

    [Fact]
    public async Task Samples_NoCount_IsBadUsage() =>
        (await CommandProcess.RunAsync("samples", _folder.File("pictures"), "--count", "0")).ShouldExitWith(ExitCode.BadUsage);

    [Fact]
    public async Task Samples_Json_IsOneDocumentOnStandardOutput()
    {
        (await CommandProcess.RunAsync("samples", _folder.File("pictures"), "--count", "1")).ShouldExitWith(ExitCode.Done);

        var result = (await CommandProcess.RunAsync("samples", _folder.File("pictures"), "--count", "2", "--json")).ShouldExitWith(ExitCode.Done);

        result.Json.GetProperty("drawn").GetInt32().ShouldBe(1);
        result.Json.GetProperty("kept").GetInt32().ShouldBe(1);
        result.Json.GetProperty("out").GetString().ShouldBe(_folder.File("pictures"));
    }

    public void Dispose() => _folder.Dispose();
}
