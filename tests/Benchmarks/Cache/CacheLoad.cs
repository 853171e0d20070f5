using System.Collections.Concurrent;
using Armature.Caching;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>The same keys and values for the cache and for Redis.</summary>
internal sealed class CacheLoad
{
    private readonly CacheClient<ReadOnlyMemory<byte>> _cache;
    private readonly IDatabase _redis;
    private readonly KeyValuePair<string, ReadOnlyMemory<byte>>[] _entries;
    private readonly KeyValuePair<RedisKey, RedisValue>[] _redisEntries;
    private readonly string[] _keys;
    private readonly RedisKey[] _redisKeys;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _dictionary;

    public CacheLoad(CacheClient<ReadOnlyMemory<byte>> cache, IDatabase redis, int count, int valueBytes)
    {
        _cache = cache;
        _redis = redis;
        _entries = [.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create<string, ReadOnlyMemory<byte>>($"user:{i:D12}", ValueOf(i, valueBytes)))];
        _redisEntries = Array.ConvertAll(_entries, entry => KeyValuePair.Create<RedisKey, RedisValue>(entry.Key, entry.Value));
        _keys = Array.ConvertAll(_entries, entry => entry.Key);
        _redisKeys = Array.ConvertAll(_keys, key => (RedisKey)key);
        _dictionary = new(_entries);
        ValueBytes = count * valueBytes;
    }

    public int Count => _keys.Length;

    public int KeyBytes => _keys.Sum(key => key.Length);

    public int ValueBytes { get; }

    public async Task GetAsync()
    {
        var found = await _cache.GetManyAsync(_keys);
        if (!found[^1].HasValue)
        {
            throw new InvalidOperationException("What was written is not there.");
        }
    }

    public async Task SetAsync()
    {
        if ((await _cache.SetManyAsync(_entries)).Failed > 0)
        {
            throw new InvalidOperationException("Not everything was written.");
        }
    }

    /// <summary>What no cache can do without: a look at a table for each key, and an array of results.</summary>
    public Task GetFromDictionaryAsync()
    {
        var found = new ReadOnlyMemory<byte>[_keys.Length];
        for (var i = 0; i < found.Length; i++)
        {
            _dictionary.TryGetValue(_keys[i], out found[i]);
        }

        return found[^1].IsEmpty ? throw new InvalidOperationException("What was written is not there.") : Task.CompletedTask;
    }

    public Task GetFromRedisAsync() => _redis.StringGetAsync(_redisKeys);

    public Task SetInRedisAsync() => Task.WhenAll(_redisEntries.Select(entry => _redis.StringSetAsync(entry.Key, entry.Value)));

    private static byte[] ValueOf(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
