using System.Runtime.InteropServices;

namespace Armature.Storage;

/// <summary>Gives a file a name that nobody else has, of several who try at once to one.</summary>
internal static class ExclusiveMove
{
    private const int NoSuchEntry = 2;
    private const int Exists = 17;

    /// <summary>Moves a file. The old name may stay beside the new one; its owner deletes it.</summary>
    /// <exception cref="IOException">The new name is taken, or its folder is gone.</exception>
    public static void Move(string path, string newPath)
    {
        // Elsewhere than on Windows, File.Move looks whether the name is free and then renames: of two at once both would win.
        if (!OperatingSystem.IsWindows() && TryLink(path, newPath))
        {
            return;
        }

        File.Move(path, newPath, overwrite: false);
    }

    // False where the file system has no hard links.
    private static bool TryLink(string path, string newPath)
    {
        if (Link(path, newPath) == 0)
        {
            return true;
        }

        if (Marshal.GetLastPInvokeError() is Exists or NoSuchEntry)
        {
            throw new IOException($"'{newPath}' cannot be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        return false;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath);
}
