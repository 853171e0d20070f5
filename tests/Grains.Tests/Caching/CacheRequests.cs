using System.Text;

namespace Armature.Caching;

/// <summary>Requests as tests write them.</summary>
internal static class CacheRequests
{
    public const string Cache = "things";

    public static CacheRequest Get(params string[] keys) => Of(CacheOperation.Get, keys);

    public static CacheRequest Delete(params string[] keys) => Of(CacheOperation.Delete, keys);

    public static CacheRequest Exists(params string[] keys) => Of(CacheOperation.Exists, keys);

    public static CacheRequest Ttl(params string[] keys) => Of(CacheOperation.Ttl, keys);

    public static CacheRequest Expire(CacheExpiry expiry, params string[] keys) => Of(CacheOperation.Expire, keys, expiries: [expiry]);

    public static CacheRequest Set(IReadOnlyList<(string Key, byte[] Value)> pairs, params CacheExpiry[] expiries) => Of(
        CacheOperation.Set,
        [.. pairs.Select(pair => pair.Key)],
        new([.. pairs.Select(pair => new ReadOnlyMemory<byte>(pair.Value))]),
        expiries.Length == 0 ? null : expiries);

    public static CacheRequest Set(string key, byte[] value, params CacheExpiry[] expiries) => Set([(key, value)], expiries);

    public static CacheRequest SetTagged(string[] keys, params string[] tags) => new()
    {
        Cache = Cache,
        Operation = CacheOperation.Set,
        Keys = Pack(keys),
        Values = new([.. keys.Select(key => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(key)))]),
        Tags = tags,
    };

    public static CacheRequest Invalidate(CacheSelectionKind kind, string text) => Of(CacheOperation.Invalidate, new(kind, text));

    public static CacheRequest Scan(CacheSelectionKind kind, string text, int maxKeys) => Of(CacheOperation.Scan, new(kind, text, maxKeys));

    public static CacheRequest Load(long asker, TimeSpan wait, string[] tags, params string[] keys) => new()
    {
        Cache = Cache,
        Operation = CacheOperation.Load,
        Keys = Pack(keys),
        Tags = tags,
        IncludesVersions = true,
        Load = new() { Asker = asker, WaitMilliseconds = (int)wait.TotalMilliseconds },
    };

    public static CacheRequest Load(long asker, params string[] keys) => Load(asker, TimeSpan.Zero, [], keys);

    public static CacheRequest LoadStale(long asker, StaleUse stale, params string[] keys) => new()
    {
        Cache = Cache,
        Operation = CacheOperation.Load,
        Keys = Pack(keys),
        Load = new() { Asker = asker, Stale = stale },
    };

    public static CacheRequest Complete(string key, long token, byte[] value) => Complete(key, token, value, null, staleSeconds: 0);

    public static CacheRequest Complete(string key, long token, byte[] value, CacheExpiry? expiry, int staleSeconds) => new()
    {
        Cache = Cache,
        Operation = CacheOperation.CompleteLoad,
        Keys = Pack([key]),
        Values = new([value]),
        Expiries = expiry is { } given ? [given] : null,
        Load = new() { Tokens = [token], StaleSeconds = staleSeconds },
    };

    public static CacheRequest Report(CacheOperation operation, string key, long token, params ItemError[] errors) => new()
    {
        Cache = Cache,
        Operation = operation,
        Keys = Pack([key]),
        Load = new() { Tokens = [token], Errors = errors.Length == 0 ? null : errors },
    };

    public static CacheRequest Fail(string key, long token, int pauseMilliseconds) => new()
    {
        Cache = Cache,
        Operation = CacheOperation.FailLoad,
        Keys = Pack([key]),
        Load = new() { Tokens = [token], Errors = [new("down", "It is down.")], PauseMilliseconds = pauseMilliseconds },
    };

    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"key-{i}")];

    public static byte[][] Bytes(PackedValues values) => [.. Enumerable.Range(0, values.Count).Select(i => values[i].ToArray())];

    private static CacheRequest Of(CacheOperation operation, string[] keys, PackedValues? values = null, CacheExpiry[]? expiries = null) => new()
    {
        Cache = Cache,
        Operation = operation,
        Keys = Pack(keys),
        Values = values,
        Expiries = expiries,
        IncludesVersions = true,
    };

    private static CacheRequest Of(CacheOperation operation, CacheSelection selection) => new()
    {
        Cache = Cache,
        Operation = operation,
        Keys = CacheRequest.AllPartitions,
        Selection = selection,
    };

    private static PackedKeys Pack(string[] keys)
    {
        var bytes = keys.Select(Encoding.UTF8.GetBytes).ToArray();
        var end = 0;
        return new([.. bytes.Select(key => end += key.Length)], [.. bytes.SelectMany(key => key)]);
    }
}
