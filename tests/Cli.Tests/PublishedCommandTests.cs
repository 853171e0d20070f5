using System.Diagnostics;
using Armature.CommandLine;
using Armature.Testing;

namespace Armature;

/// <summary>The command as it is published and packed: with the programs that it starts, and all that they need.</summary>
public sealed class PublishedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Publish_IntoAFolderOfItsOwn_MakesThumbnailsThere()
    {
        await PublishAsync(_folder.File("app"));
        TestPictures.Write(_folder.File("in", "a.jpg"));

        using var command = CommandProcess.StartFrom(_folder.File("app"), ["images", _folder.File("in"), "--out", _folder.File("out")]);

        (await command.WaitAsync()).ShouldExitWith(ExitCode.Done);
        TestPictures.Read(_folder.File("out", "a.jpg")).ShouldBe((200, 150, "jpegload_buffer"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task PublishAsync(string folder)
    {
        // ROOT/tests/Cli.Tests/bin/CONFIGURATION/net10.0: what was built for these tests is published, and nothing is built.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var project = Path.GetFullPath(Path.Combine(output.FullName, "../../../../../src/Cli"));
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", project, "--no-build", "--configuration", output.Parent!.Name, "--output", folder, "--nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        publish.ExitCode.ShouldBe(0, said);
    }
}
