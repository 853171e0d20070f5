using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>What a record file looks like inside.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours ("ARMR").</summary>
    private const long ApplicationId = 0x41524D52;

    private const long Version = 1;

    // Records are clustered by key, so rising keys touch few pages. A deleted partition's number moves to "deleted" until its
    // records are gone, and is never used again: AUTOINCREMENT.
    private const string Create = """
        CREATE TABLE store (id INTEGER PRIMARY KEY CHECK (id = 1), last_epoch INTEGER NOT NULL);
        CREATE TABLE partitions (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL);
        CREATE TABLE deleted (number INTEGER PRIMARY KEY);
        CREATE TABLE records (partition INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (partition, key)) WITHOUT ROWID;
        INSERT INTO store VALUES (1, 0);
        """;

    /// <summary>Makes a new file ours, or throws when a file that is there is not.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (connection.Ask<string>("PRAGMA journal_mode = WAL") != "wal")
        {
            throw new RecordStoreException(path, "this file system cannot hold a write-ahead log. Use a folder on a local disk.");
        }

        connection.Do("PRAGMA synchronous = FULL");
        connection.Do("BEGIN IMMEDIATE");
        var (application, version) = (connection.Ask<long>("PRAGMA application_id"), connection.Ask<long>("PRAGMA user_version"));
        if (version == 0 && connection.Ask<long>("SELECT count(*) FROM sqlite_schema") == 0)
        {
            connection.Do($"{Create} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}");
        }
        else if (application != ApplicationId)
        {
            throw new RecordStoreException(path, "this file is a database of something else. Move it away, or choose another data folder.");
        }
        else if (version != Version)
        {
            throw new RecordStoreException(
                path, $"its records are of version {version}; this program reads version {Version}. Start a program that knows version {version}, or choose another data folder.");
        }

        connection.Do("COMMIT");
    }

    public static void Do(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T Ask<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<SqliteParameter> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }
}
