using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>
/// Records in Redis, shared by all silos of a cluster: a hash for each partition, and one script for each commit. What survives
/// Redis' own end is what its append-only file has.
/// </summary>
public sealed class RedisRecordStore : IRecordStore
{
    // A reply of so many of the largest values is as much as a silo should hold at a time.
    private const int MaxReadKeys = 100;

    // Who asks a grain waits for five seconds: then it is better to hear of Redis than of nothing. Commits have a time of their own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _time;
    private readonly RedisRecordKeys _keys;
    private readonly Lock _sending = new();
    private long _lastCommit;

    /// <summary>Keeps the records of a service.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="serviceId">What the keys start with: services that share a Redis do not see each other's records.</param>
    /// <param name="timeProvider">A store that is opened later numbers its commits higher.</param>
    public RedisRecordStore(IConnectionMultiplexer redis, string serviceId, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _redis = redis;
        _time = timeProvider;
        _keys = new(serviceId);
        _lastCommit = timeProvider.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        Location = $"redis {string.Join(", ", redis.GetEndPoints().Select(EndPointCollection.ToString))} {_keys}";
    }

    /// <inheritdoc/>
    public string Location { get; }

    private IDatabase Database => _redis.GetDatabase();

    /// <inheritdoc/>
    public async Task<long> OpenAsync(string partition, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        RedisKey[] keys = [_keys.LastEpoch, _keys.Epochs, _keys.LastCommits];
        return await AskAsync(
            () => Database.ScriptEvaluateAsync(RedisRecordScripts.Open, keys, [partition]).WaitAsync(Patience, _time, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken)
    {
        _ = RecordCommit.Measure(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        RedisKey[] keys = [_keys.Epochs, _keys.LastCommits, _keys.Partition(partition)];
        var arguments = RedisCommit.Arguments(partition, epoch, changes);
        switch (await AskAsync(() => SendCommit(keys, arguments), cancellationToken).ConfigureAwait(false))
        {
            case RedisRecordScripts.Fenced:
                throw new FencedException(partition, epoch);
            case RedisRecordScripts.Overtaken:
                throw new RecordStoreException(Location, $"a later commit to partition {partition} came first. Nothing was changed; it may be repeated.");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(
        string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        RecordName.ThrowIfAnyInvalid(keys);
        var values = new List<ReadOnlyMemory<byte>?>(keys.Count);
        foreach (var page in keys.Chunk(MaxReadKeys))
        {
            var read = await CallAsync(
                () => Database.HashGetAsync(_keys.Partition(partition), [.. page.Select(key => (RedisValue)key)]).WaitAsync(Patience, _time, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            values.AddRange(read.Select(value => value.IsNull ? (ReadOnlyMemory<byte>?)null : (ReadOnlyMemory<byte>)value));
        }

        return values;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        RecordName.ThrowIfInvalidPrefix(prefix);
        return Scan(_keys.Partition(partition), prefix, (key, value) => new RecordEntry(key, (ReadOnlyMemory<byte>)value), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalidPrefix(prefix);
        return Scan(_keys.Epochs, prefix, (name, _) => name, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken)
    {
        Check(partition, cancellationToken);
        RedisKey[] keys = [_keys.Epochs, _keys.LastCommits, _keys.Partition(partition)];
        if (await AskAsync(
            () => Database.ScriptEvaluateAsync(RedisRecordScripts.Delete, keys, [partition, epoch]), cancellationToken).ConfigureAwait(false) == RedisRecordScripts.Fenced)
        {
            throw new FencedException(partition, epoch);
        }
    }

    // Numbers must rise in the order of sending, or one would be taken for overtaken.
    private Task<RedisResult> SendCommit(RedisKey[] keys, RedisValue[] arguments)
    {
        lock (_sending)
        {
            arguments[RedisCommit.Number] = ++_lastCommit;
            return Database.ScriptEvaluateAsync(RedisRecordScripts.Commit, keys, arguments);
        }
    }

    private IAsyncEnumerable<T> Scan<T>(RedisKey hash, string prefix, Func<string, RedisValue, T> convert, CancellationToken cancellationToken)
    {
        var scan = new RedisHashScan<T>(Database, hash, prefix, convert);
        return RecordPages.ReadAheadAsync(token => CallAsync(scan.ReadPageAsync, token), cancellationToken);
    }

    private async Task<long> AskAsync(Func<Task<RedisResult>> callAsync, CancellationToken cancellationToken) =>
        (long)await CallAsync(callAsync, cancellationToken).ConfigureAwait(false);

    private async Task<T> CallAsync<T>(Func<Task<T>> callAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await callAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error) when (!_redis.IsConnected)
        {
            throw RedisFailure.Unreachable(Location, error);
        }
        catch (Exception error) when (RedisFailure.IsKnown(error))
        {
            throw RedisFailure.Describe(Location, error);
        }
    }

    private static void Check(string partition, CancellationToken cancellationToken)
    {
        RecordName.ThrowIfInvalid(partition);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
