using Armature.Terminal;

namespace Armature.CommandLine;

public sealed class CommandAppTests
{
    [Fact]
    public async Task RunAsync_OutputThatCannotBeWritten_SaysSo()
    {
        using var output = new FullWriter();
        using var error = new StringWriter();
        var app = new CommandApp(new CommandConsole(output, error, new SilentProgressView()), TimeProvider.System);

        (await app.RunAsync(["--help"], TestContext.Current.CancellationToken)).ShouldBe(ExitCode.SomeFailed);

        error.ToString().Trim().ShouldBe("armature: No space left on device");
    }
}
