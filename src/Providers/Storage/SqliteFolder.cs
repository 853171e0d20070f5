namespace Armature.Storage;

/// <summary>The folder of a record store: one process owns it.</summary>
internal static class SqliteFolder
{
    // What a lock that another process holds is called by Linux (EAGAIN), macOS (EAGAIN) and Windows (a sharing violation).
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Makes the folder when it is not there, and owns it until the file that is returned is closed.</summary>
    /// <exception cref="RecordStoreException">Another process owns it, or it cannot be written to.</exception>
    public static FileStream Own(string folder)
    {
        var path = Path.Combine(folder, "owner.lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (HeldByAnother.Contains(error.HResult))
        {
            throw new RecordStoreException(
                folder, "another process uses these records. Stop that, give this one a data folder of its own, or run both as members of one cluster on Redis.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordStoreException(folder, $"the folder cannot be written to: {error.Message} Let this process's user write there, or choose another data folder.", error);
        }
    }
}
