using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>Says in plain words what SQLite could not do, and what to do about it.</summary>
internal static class SqliteFailure
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Input = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The file was taken away while it was open.</summary>
    public static RecordStoreException Lost(string path) => new(
        path,
        "the file was removed, moved or replaced while this process had it open. What was recorded in it is out of reach, and nothing more is recorded. "
        + "Stop the silo, put the folder back if you still have it, and start the silo again.");

    public static RecordStoreException Describe(string path, SqliteException error) => new(
        path,
        error.SqliteErrorCode switch
        {
            Busy or Locked => "another process has locked the file. Stop that, or give each silo a data folder of its own.",
            ReadOnly => "the file cannot be written. Let this process's user write to it and its folder.",
            CannotOpen => "the file cannot be opened. Look whether its folder is there and this process's user may write to it.",
            Full => "the disk is full. Free space on it; nothing that was acknowledged is lost.",
            Input => $"the disk could not be read or written ({error.SqliteExtendedErrorCode}). Look whether it is well and has space.",
            Corrupt or NotADatabase =>
                "the file is damaged. Stop the silo, and restore the whole folder from a backup; to go on without these records, move the file away with its -wal and -shm files.",
            _ => $"SQLite could not do it: {error.Message}",
        },
        error);
}
