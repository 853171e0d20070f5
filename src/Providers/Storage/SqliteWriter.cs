using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>The one connection that writes to a record file. Used by its committer's thread only, inside a transaction.</summary>
internal sealed class SqliteWriter : IDisposable
{
    // Only this writer changes the file, so what it read of a partition stays true. Beyond so many it starts afresh.
    private const int MaxKnownPartitions = 10_000;
    private const int MaxSweptRecords = 1_000;
    private const long MaxSweptBytes = 4 << 20;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Owned> _partitions = new(StringComparer.Ordinal);
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _put;
    private readonly SqliteParameter _putPartition = new("$partition", SqliteType.Integer);
    private readonly SqliteParameter _putKey = new("$key", SqliteType.Text);
    private readonly SqliteParameter _putValue = new("$value", SqliteType.Blob);
    private readonly SqliteCommand _delete;
    private readonly SqliteParameter _deletePartition = new("$partition", SqliteType.Integer);
    private readonly SqliteParameter _deleteKey = new("$key", SqliteType.Text);

    private SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _put = connection.Prepare(
            "INSERT INTO records VALUES ($partition, $key, $value) ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value",
            _putPartition,
            _putKey,
            _putValue);
        _delete = connection.Prepare("DELETE FROM records WHERE partition = $partition AND key = $key", _deletePartition, _deleteKey);
    }

    /// <summary>True when the file is no longer where it was opened.</summary>
    public bool HasMoved => SqliteFile.HasMoved(_connection);

    public static SqliteWriter Open(string path, SqliteOpenMode mode)
    {
        // Nobody else writes, so there is nothing to wait for.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            SqliteSchema.Ensure(connection, path);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does all of the work in one transaction. When it throws, nothing was done and this writer is to be disposed of.</summary>
    public void Do(WorkGroup<SqliteWork> group)
    {
        _begin.ExecuteNonQuery();
        while (group.TryTake(out var work))
        {
            work.Do(this);
        }

        _commit.ExecuteNonQuery();
    }

    public long LastEpoch() => _connection.Ask<long>("SELECT last_epoch FROM store");

    /// <summary>Gives a partition an owner, and makes it when there is none.</summary>
    public void OpenPartition(string partition, long epoch)
    {
        using var open = _connection.Prepare(
            """
            UPDATE store SET last_epoch = max(last_epoch, $epoch);
            INSERT INTO partitions (name, epoch) VALUES ($name, $epoch) ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch;
            """,
            new("$name", partition),
            new("$epoch", epoch));
        open.ExecuteNonQuery();
        _partitions.Remove(partition);
    }

    public void Commit(string partition, long epoch, IReadOnlyList<RecordChange> changes)
    {
        if (Find(partition) is not { } owned || owned.Epoch != epoch)
        {
            throw new FencedException(partition, epoch);
        }

        for (var i = 0; i < changes.Count; i++)
        {
            Apply(owned.Number, changes[i]);
        }
    }

    /// <summary>Takes a partition away. Its records are left to <see cref="Sweep"/>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool DeletePartition(string partition, long epoch)
    {
        if (Find(partition) is not { } owned)
        {
            return false;
        }

        if (owned.Epoch != epoch)
        {
            throw new FencedException(partition, epoch);
        }

        _connection.Do($"INSERT INTO deleted VALUES ({owned.Number}); DELETE FROM partitions WHERE number = {owned.Number}");
        _partitions.Remove(partition);
        return true;
    }

    /// <summary>Removes some records of a deleted partition.</summary>
    /// <returns>Whether there may be more of deleted partitions.</returns>
    public bool Sweep()
    {
        if (_connection.Ask<long>("SELECT coalesce(min(number), 0) FROM deleted") is not (> 0 and var number))
        {
            return false;
        }

        _connection.Do(
            LastSwept(number) is { } last
                ? $"DELETE FROM records WHERE partition = {number} AND key <= '{last.Replace("'", "''", StringComparison.Ordinal)}'"
                : $"DELETE FROM deleted WHERE number = {number}");
        return true;
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _put, _delete])
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    // A large record takes as long as many small ones: its pages are freed one by one.
    private string? LastSwept(long number)
    {
        using var command = _connection.Prepare(
            $"SELECT key, length(value) FROM records WHERE partition = {number} ORDER BY key LIMIT {MaxSweptRecords}");
        using var reader = command.ExecuteReader();
        string? last = null;
        for (long bytes = 0; bytes < MaxSweptBytes && reader.Read(); bytes += reader.GetInt64(1))
        {
            last = reader.GetString(0);
        }

        return last;
    }

    private Owned? Find(string partition)
    {
        if (_partitions.TryGetValue(partition, out var known))
        {
            return known;
        }

        using var find = _connection.Prepare("SELECT number, epoch FROM partitions WHERE name = $name", new SqliteParameter("$name", partition));
        using var reader = find.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        if (_partitions.Count >= MaxKnownPartitions)
        {
            _partitions.Clear();
        }

        return _partitions[partition] = new(reader.GetInt64(0), reader.GetInt64(1));
    }

    private void Apply(long partition, RecordChange change)
    {
        if (change.Value is not { } value)
        {
            _deletePartition.Value = partition;
            _deleteKey.Value = change.Key;
            _delete.ExecuteNonQuery();
            return;
        }

        _putPartition.Value = partition;
        _putKey.Value = change.Key;
        _putValue.Value = WholeArray(value);
        _put.ExecuteNonQuery();
    }

    private static byte[] WholeArray(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment) && segment.Array!.Length == segment.Count ? segment.Array : value.ToArray();

    private sealed record Owned(long Number, long Epoch);
}
