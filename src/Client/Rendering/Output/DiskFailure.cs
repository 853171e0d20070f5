namespace Armature.Rendering.Output;

/// <summary>Says in plain words why the output cannot be written.</summary>
internal static class DiskFailure
{
    private const int NoSpaceOnLinuxAndMac = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>True for exceptions that a disk gives.</summary>
    public static bool IsOf(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The exception for the caller.</summary>
    public static RenderException Of(Exception exception, string outputFolder) => new(
        RenderErrorCodes.OutputUnwritable,
        IsFull(exception)
            ? $"The disk of '{outputFolder}' is full: {exception.Message} The last version of the site stays as it is. Free space and run again."
            : $"The site cannot be written to '{outputFolder}': {exception.Message} The last version of the site stays as it is.",
        exception);

    private static bool IsFull(Exception exception) => exception.HResult is NoSpaceOnLinuxAndMac or WindowsDiskFull;
}
