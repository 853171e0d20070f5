namespace Armature.CommandLine;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>It ran, and some items failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>Bad usage, or nothing could start.</summary>
    public const int BadUsage = 2;

    /// <summary>Interrupted: what shells expect of a command that ends by Ctrl-C (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
