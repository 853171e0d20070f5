using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>What SQLite knows of the file behind a connection.</summary>
internal static class SqliteFile
{
    // SQLITE_FCNTL_HAS_MOVED; Windows, where nobody can take an open file away, does not know it.
    private const int HasMovedCode = 20;

    /// <summary>True when the file is no longer where it was opened: removed, moved, or replaced by another. What is written to it is lost.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var hasMoved = 0;
        return Control(connection.Handle!.DangerousGetHandle(), "main", HasMovedCode, ref hasMoved) == 0 && hasMoved != 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Control(IntPtr database, [MarshalAs(UnmanagedType.LPUTF8Str)] string schema, int code, ref int argument);
}
