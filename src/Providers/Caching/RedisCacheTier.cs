using Armature.Clustering;
using Armature.Storage;
using StackExchange.Redis;

namespace Armature.Caching;

/// <summary>
/// The cache's tier in Redis: a key for each entry, whose time to live is Redis' own, and a hash for each partition. Every call is one
/// script: what it looks at does not change meanwhile.
/// </summary>
public sealed class RedisCacheTier : ICacheTier
{
    // What one reply holds, beside the last value of it.
    private const int PageBytes = 4 << 20;

    // An owner says it again now and then; one that is dead for longer has left nothing that is worth asking about.
    private static readonly TimeSpan WitnessesLive = TimeSpan.FromDays(2);

    private static readonly TimeSpan PingLives = TimeSpan.FromMinutes(1);

    private readonly IConnectionMultiplexer _redis;
    private readonly RedisTierKeys _keys;
    private readonly string _option;
    private readonly TimeProvider _time;

    /// <summary>Keeps the entries of a cluster's caches.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="clusterId">What the keys start with: clusters that share a Redis do not see each other's entries.</param>
    /// <param name="option">The option that says where Redis is, for messages.</param>
    /// <param name="time">The clock.</param>
    public RedisCacheTier(IConnectionMultiplexer redis, string clusterId, string option, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _option, _time) = (redis, option, time);
        _keys = new(clusterId);
        Location = $"redis {string.Join(", ", redis.GetEndPoints().Select(EndPointCollection.ToString))} {_keys}";
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public async Task<TierOpening?> OpenAsync(int partition, string owner, long? expected, CancellationToken cancellationToken)
    {
        RedisValue last = expected is { } epoch ? epoch : RedisValue.EmptyString;
        var reply = await RunAsync(RedisTierScripts.Open, [_keys.State(partition), _keys.Owners], [owner, last], cancellationToken).ConfigureAwait(false);
        return reply.Length == 0 ? null : new()
        {
            Epoch = (long)reply[0],
            Run = (string)reply[1]!,
            VoidBefore = (long)reply[2],
            LastOwner = (int)reply[6] == 1 ? (string)reply[3]! : null,
            LastEpoch = (long)reply[4],
            Witnesses = ((string)reply[5]!).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Barriers = [.. reply.Skip(7).Chunk(2).Select(pair => new TierBarrier((byte[])pair[0]!, (long)pair[1]))],
        };
    }

    /// <inheritdoc/>
    public async Task<bool> AdoptAsync(int partition, string owner, long epoch, bool isVoid, CancellationToken cancellationToken)
    {
        RedisValue versions = isVoid ? RedisTierWrite.Text(TierVersions.FirstOf(epoch)) : RedisValue.EmptyString;
        return await CallAsync(
            database => database.ScriptEvaluateAsync(RedisTierScripts.Adopt, [_keys.State(partition)], [owner, epoch, versions]),
            result => (long)result == 1,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(int partition, long epoch, string successor, CancellationToken cancellationToken) => CallAsync(
        database => database.ScriptEvaluateAsync(RedisTierScripts.Release, [_keys.State(partition)], [epoch, successor]), result => result, cancellationToken);

    /// <inheritdoc/>
    public Task RecordWitnessesAsync(string owner, IReadOnlyList<string> witnesses, CancellationToken cancellationToken) => CallAsync(
        database => database.StringSetAsync(_keys.Owner(owner), string.Join(' ', witnesses), WitnessesLive), isSet => isSet, cancellationToken);

    /// <inheritdoc/>
    public async Task<TierPage> ReadAsync(IReadOnlyList<ReadOnlyMemory<byte>> keys, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(RedisTierScripts.Read, [.. keys.Select(_keys.Entry)], [PageBytes], cancellationToken).ConfigureAwait(false);
        var values = new TierValue[(reply.Length - 1) / 2];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ToValue(reply[1 + (2 * i)], reply[2 + (2 * i)]);
        }

        return new((string)reply[0]!, values);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> WriteAsync(IReadOnlyList<TierWrite> writes, CancellationToken cancellationToken)
    {
        var call = new RedisTierWrite(_keys, writes);
        var refused = await RunAsync(RedisTierScripts.Write, call.Keys, call.Arguments, cancellationToken).ConfigureAwait(false);
        return [.. refused.Select(number => call.PartitionOf((int)number))];
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => CallAsync(
        database => database.StringSetAsync(_keys.Ping, RedisValue.EmptyString, PingLives), isSet => isSet, cancellationToken);

    /// <inheritdoc/>
    public async Task<CacheTierException?> FindProblemAsync(CancellationToken cancellationToken)
    {
        var probe = new RedisProbe(ConfigurationOptions.Parse(_redis.Configuration), _time);
        return await probe.FindProblemAsync(cancellationToken).ConfigureAwait(false) is not var (kind, reason, error)
            ? null
            : new(Location, $"{reason}. Look at {_option}.", error) { Fault = FaultOf(kind) };
    }

    private static TierValue ToValue(RedisResult value, RedisResult milliseconds)
    {
        if (value.IsNull)
        {
            return new(null, 0);
        }

        var left = (long)milliseconds;
        return new((byte[])value!, left == -1 ? long.MaxValue : left);
    }

    private Task<RedisResult[]> RunAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        CallAsync(database => database.ScriptEvaluateAsync(script, keys, arguments), result => (RedisResult[])result!, cancellationToken);

    private async Task<TResult> CallAsync<T, TResult>(Func<IDatabase, Task<T>> callAsync, Func<T, TResult> read, CancellationToken cancellationToken)
    {
        try
        {
            return read(await callAsync(_redis.GetDatabase()).WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (RedisFailure.IsKnown(error) || error is ObjectDisposedException)
        {
            throw new CacheTierException(Location, RedisFailure.Explain(error, _option), error) { Fault = FaultOf(error) };
        }
    }

    private static CacheTierFault FaultOf(RedisProblemKind kind) => kind switch
    {
        RedisProblemKind.Refused => CacheTierFault.Refused,
        RedisProblemKind.Unreachable => CacheTierFault.Unreachable,
        RedisProblemKind.Silent => CacheTierFault.NoAnswer,
        _ => CacheTierFault.Failed,
    };

    private static CacheTierFault FaultOf(Exception error) => error switch
    {
        TimeoutException => CacheTierFault.NoAnswer,
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => CacheTierFault.Refused,
        RedisConnectionException => CacheTierFault.Unreachable,
        _ when RedisFailure.IsFull(error) => CacheTierFault.Full,
        _ => CacheTierFault.Failed,
    };
}
