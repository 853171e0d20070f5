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

    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"key-{i}")];

    private static CacheRequest Of(CacheOperation operation, string[] keys, PackedValues? values = null, CacheExpiry[]? expiries = null) => new()
    {
        Cache = Cache,
        Operation = operation,
        Keys = Pack(keys),
        Values = values,
        Expiries = expiries,
    };

    private static PackedKeys Pack(string[] keys)
    {
        var bytes = keys.Select(Encoding.UTF8.GetBytes).ToArray();
        var end = 0;
        return new([.. bytes.Select(key => end += key.Length)], [.. bytes.SelectMany(key => key)]);
    }
}
