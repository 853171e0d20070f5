using System.Runtime.CompilerServices;

namespace Armature.Storage;

/// <summary>Records in this process's memory: for tests, and for a silo alone that need not keep anything.</summary>
public sealed class InMemoryRecordStore : IRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Partition> _partitions = new(StringComparer.Ordinal);
    private long _lastEpoch;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public Task<long> OpenAsync(string partition, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        lock (_lock)
        {
            if (!_partitions.TryGetValue(partition, out var opened))
            {
                _partitions[partition] = opened = new();
            }

            opened.Epoch = ++_lastEpoch;
            return Task.FromResult(opened.Epoch);
        }
    }

    /// <inheritdoc/>
    public Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken)
    {
        _ = RecordCommit.Measure(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_partitions.GetValueOrDefault(partition) is not { } owned || owned.Epoch != epoch)
            {
                return Task.FromException(new FencedException(partition, epoch));
            }

            foreach (var change in changes)
            {
                owned.Apply(change);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(
        string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        RecordName.ThrowIfAnyInvalid(keys);

        lock (_lock)
        {
            var records = _partitions.GetValueOrDefault(partition)?.Records;
            return Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>?>>(
                [.. keys.Select(key => records is not null && records.TryGetValue(key, out var value) ? value : (ReadOnlyMemory<byte>?)null)]);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        RecordName.ThrowIfInvalidPrefix(prefix);
        return EnumerateAsync(() => Scan(partition, prefix), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalidPrefix(prefix);
        return EnumerateAsync(() => List(prefix), cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        lock (_lock)
        {
            if (_partitions.TryGetValue(partition, out var owned) && owned.Epoch != epoch)
            {
                return Task.FromException(new FencedException(partition, epoch));
            }

            _partitions.Remove(partition);
        }

        return Task.CompletedTask;
    }

    private RecordEntry[] Scan(string partition, string prefix)
    {
        lock (_lock)
        {
            return _partitions.GetValueOrDefault(partition) is { } scanned
                ? [.. scanned.Records.Where(record => StartsWith(record.Key, prefix)).Select(record => new RecordEntry(record.Key, record.Value))]
                : [];
        }
    }

    private string[] List(string prefix)
    {
        lock (_lock)
        {
            return [.. _partitions.Keys.Where(name => StartsWith(name, prefix))];
        }
    }

    private static async IAsyncEnumerable<T> EnumerateAsync<T>(Func<T[]> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var item in read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);

    private static void Check(string partition, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private sealed class Partition
    {
        public long Epoch { get; set; }

        public Dictionary<string, ReadOnlyMemory<byte>> Records { get; } = new(StringComparer.Ordinal);

        public void Apply(RecordChange change)
        {
            if (change.Value is { } value)
            {
                Records[change.Key] = value.ToArray();
                return;
            }

            Records.Remove(change.Key);
        }
    }
}
