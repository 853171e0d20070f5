using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Armature.Benchmarks;

/// <summary>Microsoft.Data.Sqlite with a group commit as one would write it by hand: a file, a thread, a table by partition and key. No owners.</summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly Channel<(long Partition, string Key, byte[] Value, TaskCompletionSource Done)> _waiting =
        Channel.CreateUnbounded<(long, string, byte[], TaskCompletionSource)>(new() { SingleReader = true });

    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    public BareSqlite(string path)
    {
        _connection = new($"Data Source={path};Pooling=False");
        _connection.Open();
        Do("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE records (partition INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (partition, key)) WITHOUT ROWID");
        _thread = new(Run) { IsBackground = true };
        _thread.Start();
    }

    public Task PutAsync(long partition, string key, byte[] value)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((partition, key, value, done));
        return done.Task;
    }

    public (int Records, long Bytes) Scan()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT key, value FROM records";
        using var reader = command.ExecuteReader();
        var (records, bytes) = (0, 0L);
        while (reader.Read())
        {
            bytes += reader.GetString(0).Length + reader.GetFieldValue<byte[]>(1).Length;
            records++;
        }

        return (records, bytes);
    }

    public void Dispose()
    {
        _waiting.Writer.Complete();
        _thread.Join();
        _connection.Dispose();
    }

    private void Run()
    {
        using var begin = Command("BEGIN IMMEDIATE");
        using var commit = Command("COMMIT");
        using var put = Command("INSERT INTO records VALUES ($partition, $key, $value) ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value");
        var partition = put.Parameters.Add("$partition", SqliteType.Integer);
        var key = put.Parameters.Add("$key", SqliteType.Text);
        var value = put.Parameters.Add("$value", SqliteType.Blob);
        var group = new List<TaskCompletionSource>();
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            begin.ExecuteNonQuery();
            while (group.Count < 1_000 && _waiting.Reader.TryRead(out var next))
            {
                (partition.Value, key.Value, value.Value) = (next.Partition, next.Key, next.Value);
                put.ExecuteNonQuery();
                group.Add(next.Done);
            }

            commit.ExecuteNonQuery();
            group.ForEach(done => done.SetResult());
            group.Clear();
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Do(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
