namespace Armature.CommandLine;

/// <summary>How much of the silo's log is shown.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and above.</summary>
    Quiet,

    /// <summary>Information and above.</summary>
    Verbose,
}
