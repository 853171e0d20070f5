using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>A connection that reads a record file, and never waits for its writer. Used by one at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const int MaxPageRecords = 1_000;
    private const long MaxPageBytes = 1 << 20;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _end;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _scan;
    private readonly SqliteCommand _list;

    public SqliteReader(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            _connection.Do("PRAGMA query_only = ON");
            _begin = Prepare("BEGIN");
            _end = Prepare("COMMIT");
            _find = Prepare("SELECT number FROM partitions WHERE name = $1");
            _read = Prepare("SELECT value FROM records WHERE partition = $1 AND key = $2");
            _scan = Prepare($"SELECT key, value FROM records WHERE partition = $1 AND key >= $2 AND key < $3 ORDER BY key LIMIT {MaxPageRecords}");
            _list = Prepare($"SELECT name FROM partitions WHERE name >= $1 AND name < $2 ORDER BY name LIMIT {MaxPageRecords}");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>A partition's number in the file; null when there is none of that name.</summary>
    public long? Find(string partition) => Bind(_find, partition).ExecuteScalar() as long?;

    public ReadOnlyMemory<byte>?[] ReadMany(string partition, IReadOnlyList<string> keys)
    {
        var values = new ReadOnlyMemory<byte>?[keys.Count];

        // One view of the file for all the keys.
        _begin.ExecuteNonQuery();
        if (Find(partition) is { } number)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Bind(_read, number, keys[i]).ExecuteScalar() is byte[] value ? value : (ReadOnlyMemory<byte>?)null;
            }
        }

        _end.ExecuteNonQuery();
        return values;
    }

    /// <summary>Some records from a key on, up to another; fewer than there are. None means the end.</summary>
    public List<RecordEntry> Scan(long partition, string from, string to)
    {
        var page = new List<RecordEntry>();
        using var reader = Bind(_scan, partition, from, to).ExecuteReader();
        for (long bytes = 0; bytes < MaxPageBytes && reader.Read(); bytes += page[^1].Value.Length)
        {
            page.Add(new(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return page;
    }

    /// <summary>Some names of partitions from a name on, up to another; fewer than there are. None means the end.</summary>
    public List<string> List(string from, string to)
    {
        var page = new List<string>();
        using var reader = Bind(_list, from, to).ExecuteReader();
        while (reader.Read())
        {
            page.Add(reader.GetString(0));
        }

        return page;
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _end, _find, _read, _scan, _list])
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; sql.Contains($"${i}", StringComparison.Ordinal); i++)
        {
            command.Parameters.AddWithValue($"${i}", "");
        }

        command.Prepare();
        return command;
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
