using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Armature.Processes;

/// <summary>
/// The room of a pipe. Linux gives 64 KiB: a picture of megabytes then passes in dozens of steps, and both ends sleep and wake at
/// each. With a megabyte there are one or two.
/// </summary>
internal static class PipeBuffer
{
    // As much as Linux gives to anyone (/proc/sys/fs/pipe-max-size).
    private const int Bytes = 1 << 20;

    // F_SETPIPE_SZ of fcntl(2).
    private const int SetSize = 1031;

    /// <summary>Enlarges the pipe if the system has that. One that stays small is only slower.</summary>
    public static void TryEnlarge(SafeHandle pipe)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = FileControl(pipe, SetSize, Bytes);
        }
    }

    [SupportedOSPlatform("linux")]
    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(SafeHandle file, int command, int argument);
}
