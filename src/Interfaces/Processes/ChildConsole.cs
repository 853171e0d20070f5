using System.Globalization;
using System.Runtime.InteropServices;

namespace Armature.Processes;

/// <summary>The standard streams of a .NET child process, and its <see cref="ChildLoop"/> over them.</summary>
public static class ChildConsole
{
    private const int Orphaned = 3;
    private const int DefaultMaxFrameBytes = 256 << 20;

    /// <summary>
    /// Answers the requests of standard input on standard output until the input ends. Whatever the process writes to
    /// <see cref="Console.Out"/> goes to standard error.
    /// </summary>
    /// <param name="handler">Does the requests.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IChildRequestHandler handler)
    {
        var input = Console.OpenStandardInput();
        var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        if (IsOrphaned())
        {
            return Orphaned;
        }

        // Ctrl-C reaches every process of a terminal. What becomes of the work is the parent's to decide, and it ends its children itself.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var loop = new ChildLoop(input, output, MaxFrameBytes(), handler);
        try
        {
            loop.Run();
            return 0;
        }
        catch (EndOfStreamException)
        {
            return Orphaned;
        }
    }

    private static int MaxFrameBytes() =>
        int.TryParse(Environment.GetEnvironmentVariable(ChildEnvironment.MaxFrameBytes), CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : DefaultMaxFrameBytes;

    // The order to die with the parent does not hold for a parent that died before it was given.
    private static bool IsOrphaned() =>
        OperatingSystem.IsLinux()
        && int.TryParse(Environment.GetEnvironmentVariable(ChildEnvironment.ParentId), CultureInfo.InvariantCulture, out var expected)
        && ParentId() != expected;

    private static int ParentId()
    {
        // "pid (name) state ppid ...": the name may hold anything, a parenthesis too.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[1], CultureInfo.InvariantCulture);
    }
}
