using System.Diagnostics;
using Armature.Testing;

namespace Armature;

/// <summary>The script <c>run.sh</c>, in a folder of its own and with a stand-in for <c>dotnet</c>.</summary>
public sealed class RunScriptTests : IDisposable
{
    // Says that it began, and when it is told to end, so; then it ends with a code of its own.
    private const string Dotnet = """
        #!/usr/bin/env bash
        case "$1" in
          --list-sdks) echo "10.0.100 [/usr/share/dotnet/sdk]" ;;
          build) ;;
          *)
            trap 'echo "$2" >> "$RUN_FOLDER/terminated"; exit 7' TERM
            echo "$2" >> "$RUN_FOLDER/started"
            read -r -t 60 <> <(:) || true
            ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("samples")]
    [InlineData("images", "photos", "--out", "thumbs")]
    public async Task Run_Terminated_PassesItOnAndExitsWithTheChildsCode(string verb, params string[] arguments)
    {
        using var script = Start(arguments);
        await Eventually.BecomesTrueAsync(() => Lines("started").Contains(verb), "the command runs");

        script.SendTerminate();
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        script.ExitCode.ShouldBe(7);
        Lines("started").ShouldBe([verb]);
        Lines("terminated").ShouldBe([verb]);
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(string[] arguments)
    {
        var bin = Directory.CreateDirectory(_folder.File("bin")).FullName;
        File.Copy(FindScript(), _folder.File("run.sh"));
        File.Copy(FindScript(), Path.Combine(bin, "dotnet")); // With its permission to be executed.
        _folder.Write("bin/dotnet", Dotnet);

        var start = new ProcessStartInfo("bash", [_folder.File("run.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{bin}:{start.Environment["PATH"]}";
        start.Environment["RUN_FOLDER"] = _folder.Path;
        return Process.Start(start)!;
    }

    private string[] Lines(string file) => File.Exists(_folder.File(file)) ? File.ReadAllLines(_folder.File(file)) : [];

    private static string FindScript()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "run.sh")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has run.sh.");
        }

        return Path.Combine(folder.FullName, "run.sh");
    }
}
