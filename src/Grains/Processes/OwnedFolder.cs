namespace Armature.Processes;

/// <summary>
/// A temporary folder of this process, which only its user can enter. It goes when it is disposed; where its process was killed
/// instead, the next one that creates such a folder removes it.
/// </summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string Prefix = "armature-";
    private const string LockName = ".owner";

    // A younger folder may be one whose owner has made its lock and not taken it yet.
    private static readonly TimeSpan LeftOverAge = TimeSpan.FromMinutes(1);

    private readonly FileStream _lock;

    private OwnedFolder(string path)
    {
        Path = path;
        _lock = new FileStream(LockOf(path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>The folder's full path.</summary>
    internal string Path { get; }

    /// <summary>Creates a folder, and removes those that killed processes have left.</summary>
    /// <param name="name">A word for the folder's name, such as <c>images</c>.</param>
    /// <param name="time">The clock.</param>
    internal static OwnedFolder Create(string name, TimeProvider time)
    {
        var folder = new OwnedFolder(Directory.CreateTempSubdirectory($"{Prefix}{name}-").FullName);
        if (TryTake(folder.Path) is not { } taken)
        {
            Sweep(time);
            return folder;
        }

        // Files cannot be locked here: whose folder is in use cannot be told, so none is swept, and this one by nobody.
        taken.Dispose();
        File.Delete(LockOf(folder.Path));
        return folder;
    }

    public void Dispose()
    {
        _lock.Dispose();
        TryDelete(Path);
    }

    private static void Sweep(TimeProvider time)
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
        {
            if (IsOld(folder, time) && TryTake(folder) is { } taken)
            {
                taken.Dispose();
                TryDelete(folder);
            }
        }
    }

    private static bool IsOld(string folder, TimeProvider time) =>
        new FileInfo(LockOf(folder)) is { Exists: true, LinkTarget: null } owner && time.GetUtcNow() - owner.LastWriteTimeUtc > LeftOverAge;

    private static FileStream? TryTake(string folder)
    {
        try
        {
            return new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // In use, or another user's.
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Something in it is still open, or another process sweeps it.
        }
    }

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);
}
