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

    [Fact]
    public async Task RunAsync_NoArguments_ShowsTheHelpOnStandardError()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var app = new CommandApp(new CommandConsole(output, error, new SilentProgressView()), TimeProvider.System);

        (await app.RunAsync([], TestContext.Current.CancellationToken)).ShouldBe(ExitCode.BadUsage);

        output.ToString().ShouldBeEmpty();
        error.ToString().ShouldContain("images <PHOTOS>");
        error.ToString().ShouldContain("serve");
    }
}
