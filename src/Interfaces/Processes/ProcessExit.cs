namespace Armature.Processes;

/// <summary>An exit code in words.</summary>
public static class ProcessExit
{
    /// <summary>The signal that ended a process of this exit code, on Unix.</summary>
    public static int? SignalOf(int exitCode) =>
        !OperatingSystem.IsWindows() && exitCode is > 128 and < 128 + 65 ? exitCode - 128 : null;

    /// <summary>Such as <c>exit code 3</c> or <c>signal 6, SIGABRT</c>.</summary>
    public static string Describe(int exitCode) => SignalOf(exitCode) switch
    {
        null => $"exit code {exitCode}",
        4 => "signal 4, SIGILL",
        5 => "signal 5, SIGTRAP",
        6 => "signal 6, SIGABRT",
        7 => "signal 7, SIGBUS",
        8 => "signal 8, SIGFPE",
        9 => "signal 9, SIGKILL",
        11 => "signal 11, SIGSEGV",
        15 => "signal 15, SIGTERM",
        24 => "signal 24, SIGXCPU",
        { } signal => $"signal {signal}",
    };

    internal static string Quote(string standardError) =>
        standardError.Length == 0 ? "" : $" Its last words on standard error: {standardError}";
}
