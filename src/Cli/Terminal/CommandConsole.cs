using Spectre.Console;

namespace Armature.Terminal;

/// <summary>Where a command writes: its result to standard output, everything else to standard error.</summary>
/// <param name="Output">The result.</param>
/// <param name="Error">Progress, logs and complaints.</param>
/// <param name="Progress">Progress, on standard error.</param>
internal sealed record CommandConsole(TextWriter Output, TextWriter Error, IProgressView Progress)
{
    /// <summary>The console of this process: a live bar when standard error is a terminal, otherwise lines.</summary>
    public static CommandConsole Create(TimeProvider timeProvider)
    {
        var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var lines = new UnfailingWriter(Console.Error);
        IProgressView progress = error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? new LiveProgressView(error, timeProvider)
            : new LineProgressView(lines, timeProvider);
        return new CommandConsole(new StandardOutput(Console.Out), lines, progress);
    }
}
