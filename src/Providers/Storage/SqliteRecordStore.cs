using Armature.Hosting;

namespace Armature.Storage;

/// <summary>
/// Records in SQLite files of one folder, which one process owns. Partitions are spread over the files, and each file has one
/// committer, which writes all that comes while it writes in one transaction to the disk.
/// </summary>
public sealed class SqliteRecordStore : IRecordStore, IReadinessCondition, IAsyncDisposable
{
    /// <summary>The files of a store: 8. Part of the format, as it says which file has a partition.</summary>
    public const int Files = 8;

    private readonly FileStream _owned;
    private readonly SqliteRecordFile[] _files;
    private long _lastEpoch;

    private SqliteRecordStore(string folder, FileStream owned, SqliteRecordFile[] files)
    {
        Location = folder;
        _owned = owned;
        _files = files;
        _lastEpoch = files.Max(file => file.Committer.LastEpoch);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Why the records cannot be written any more, because a file was taken away; null when none was.</summary>
    public string? Problem => _files.Select(file => file.Committer.Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>Opens a folder, which is made when it is not there.</summary>
    /// <exception cref="RecordStoreException">Another process owns it, or it cannot be used as it is.</exception>
    public static SqliteRecordStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var owned = SqliteFolder.Own(folder);
        var files = new List<SqliteRecordFile>(Files);
        try
        {
            for (var i = 0; i < Files; i++)
            {
                files.Add(new(Path.Combine(folder, $"records-{i}.db")));
            }

            return new(folder, owned, [.. files]);
        }
        catch
        {
            files.ForEach(file => _ = file.DisposeAsync().AsTask());
            owned.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long> OpenAsync(string partition, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        long epoch = 0;
        await FileOf(partition).Committer.DoAsync(
            writer => writer.OpenPartition(partition, epoch = Interlocked.Increment(ref _lastEpoch)), 1, partition.Length, cancellationToken).ConfigureAwait(false);
        return epoch;
    }

    /// <inheritdoc/>
    public Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken)
    {
        var bytes = RecordCommit.Measure(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        return FileOf(partition).Committer.DoAsync(
            writer => writer.Commit(partition, epoch, changes), changes.Count, bytes, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(
        string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        RecordName.ThrowIfAnyInvalid(keys);
        return await FileOf(partition).Readers.ReadAsync(reader => reader.ReadMany(partition, keys), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        RecordName.ThrowIfInvalidPrefix(prefix);
        return RecordPages.ReadAheadAsync(new SqliteScan(FileOf(partition).Readers, partition, prefix).ReadPageAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalidPrefix(prefix);
        return RecordPages.ReadAheadAsync(new SqliteListing([.. _files.Select(file => file.Readers)], prefix).ReadPageAsync, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Its records are out of reach when it returns, and leave the file in the background.</remarks>
    public async Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        var committer = FileOf(partition).Committer;
        var wasThere = false;
        await committer.DoAsync(
            writer => wasThere = writer.DeletePartition(partition, epoch), 1, partition.Length, cancellationToken).ConfigureAwait(false);
        if (wasThere)
        {
            committer.Sweep();
        }
    }

    /// <summary>Finishes what is under way and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }

        await _owned.DisposeAsync().ConfigureAwait(false);
    }

    private SqliteRecordFile FileOf(string partition)
    {
        // FNV-1a: the same for ever, and on every machine.
        var hash = 2_166_136_261;
        foreach (var character in partition)
        {
            hash = (hash ^ character) * 16_777_619;
        }

        return _files[hash % Files];
    }

    private static void Check(string partition, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
