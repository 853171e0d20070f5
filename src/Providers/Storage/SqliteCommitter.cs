using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>The one writer of a record file: all that comes while a transaction is under way goes into the next.</summary>
internal sealed class SqliteCommitter : IAsyncDisposable
{
    // A transaction may be larger than one commit: it serves many callers.
    private const int MaxGroupChanges = 10_000;
    private const long MaxGroupBytes = 16 << 20;

    private readonly string _path;
    private readonly WorkThread _thread;
    private readonly WorkGroups<SqliteWork> _groups;

    // Touched by the committer's thread only. After a failure there is none until the next group opens one.
    private SqliteWriter? _writer;

    private volatile bool _isLost;

    /// <summary>Opens a file, which is made when it is not there.</summary>
    /// <exception cref="RecordStoreException">It cannot be used as it is.</exception>
    public SqliteCommitter(string path)
    {
        _path = path;
        _writer = OpenWriter(SqliteOpenMode.ReadWriteCreate);
        LastEpoch = _writer.LastEpoch();
        _thread = new($"armature records {Path.GetFileName(path)}");
        _groups = new(group => _thread.RunAsync(() => Do(group)), MaxGroupChanges, MaxGroupBytes);
        Sweep();
    }

    /// <summary>The highest epoch that the file had given when it was opened.</summary>
    public long LastEpoch { get; }

    /// <summary>Why nothing can be written any more; null when it can, as far as is known.</summary>
    public string? Problem => _isLost || !File.Exists(_path) ? SqliteFailure.Lost(_path).Message : null;

    /// <summary>Has something done in the next transaction; when it returns that is on the disk.</summary>
    /// <exception cref="FencedException">It was refused; nothing of it was done.</exception>
    /// <exception cref="RecordStoreException">The file could not be written.</exception>
    public async Task DoAsync(Action<SqliteWriter> act, int count, long bytes, CancellationToken cancellationToken)
    {
        var work = new SqliteWork(act, cancellationToken);
        await _groups.AddAsync(work, count, bytes).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (work.Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Removes the records of deleted partitions in the background, in pieces between which commits go on.</summary>
    public void Sweep() => _ = SweepAsync();

    public async ValueTask DisposeAsync()
    {
        await _groups.CloseAsync().ConfigureAwait(false);
        await _thread.RunAsync(() => _writer?.Dispose()).ConfigureAwait(false);
        _thread.Dispose();
    }

    // A failure leaves the rest to the next deletion or start.
    private async Task SweepAsync()
    {
        try
        {
            var isMore = true;
            while (isMore)
            {
                await DoAsync(writer => isMore = writer.Sweep(), MaxGroupChanges / 10, 0, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is RecordStoreException or ObjectDisposedException)
        {
            return;
        }
    }

    private void Do(WorkGroup<SqliteWork> group)
    {
        try
        {
            ThrowIfLost();
            _writer ??= OpenWriter(SqliteOpenMode.ReadWrite);
            _writer.Do(group);

            // Asked last: a file that was taken away meanwhile has kept nothing.
            _isLost = _writer.HasMoved;
            ThrowIfLost();
        }
        catch (Exception error)
        {
            // Closing the connection rolls back, whatever state it is in.
            _writer?.Dispose();
            _writer = null;
            throw error is SqliteException failure ? SqliteFailure.Describe(_path, failure) : error;
        }
    }

    // Another file may be in its place, which knows nothing of what this one has acknowledged.
    private void ThrowIfLost()
    {
        if (_isLost)
        {
            throw SqliteFailure.Lost(_path);
        }
    }

    private SqliteWriter OpenWriter(SqliteOpenMode mode)
    {
        try
        {
            return SqliteWriter.Open(_path, mode);
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.Describe(_path, failure);
        }
    }
}
