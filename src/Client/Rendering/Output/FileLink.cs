using System.Runtime.InteropServices;

namespace Armature.Rendering.Output;

/// <summary>Gives a file of an older version a second name in a newer one.</summary>
internal static class FileLink
{
    /// <summary>Links the file where the file system can, and copies it elsewhere.</summary>
    /// <exception cref="IOException">The name is taken, or the disk is full.</exception>
    public static void LinkOrCopy(string source, string target)
    {
        if (OperatingSystem.IsWindows() || Link(source, target) != 0)
        {
            File.Copy(source, target, overwrite: false);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath);
}
