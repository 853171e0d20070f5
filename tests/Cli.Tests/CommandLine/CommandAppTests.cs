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

    [Theory]
    [InlineData("armature: Give a verb: list, watch, cancel. 'armature batches --help' says what they do.", "batches")]
    [InlineData("armature: Give a verb: list, watch, cancel. 'armature batches --help' says what they do.", "batches", "--cluster", "local")]
    [InlineData("armature: Give a verb: images, samples, batches, cache, validate, render, cluster, serve. 'armature --help' says what they do.", "--json")]
    public async Task RunAsync_VerbMissing_NamesTheVerbs(string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var app = new CommandApp(new CommandConsole(output, error, new SilentProgressView()), TimeProvider.System);

        (await app.RunAsync(arguments, TestContext.Current.CancellationToken)).ShouldBe(ExitCode.BadUsage);

        output.ToString().ShouldBeEmpty();
        error.ToString().Trim().ShouldBe(expected);
    }
}
