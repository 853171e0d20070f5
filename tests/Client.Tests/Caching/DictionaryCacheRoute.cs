using System.Text;

namespace Armature.Caching;

/// <summary>A cache of one dictionary, that keeps to the contract of a route. Thread-safe.</summary>
public sealed class DictionaryCacheRoute(TimeProvider time) : ICacheRoute
{
    private readonly Dictionary<(string Cache, string Key), Entry> _entries = [];
    private readonly Lock _lock = new();
    private long _version;

    /// <summary>Requests that came, in order.</summary>
    public List<CacheRequest> Requests { get; } = [];

    /// <summary>Keys that fail.</summary>
    public HashSet<string> Bad { get; } = [];

    /// <summary>The expiry of entries that are written without one.</summary>
    public CacheExpiry DefaultExpiry { get; init; } = CacheExpiry.Never;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Requests.Add(request);
            return new(Answer(request));
        }
    }

    private CacheReply Answer(CacheRequest request)
    {
        var count = request.Keys.Count;
        var outcomes = new CacheOutcome[count];
        var values = new ReadOnlyMemory<byte>[count];
        var ttls = new long[count];
        var versions = new long[count];
        var errors = new Dictionary<int, ItemError>();
        for (var i = 0; i < count; i++)
        {
            var key = Encoding.UTF8.GetString(request.Keys[i]);
            if (Bad.Contains(key))
            {
                outcomes[i] = CacheOutcome.Failed;
                errors[i] = new("bad", $"{key} is bad");
                continue;
            }

            if (request.Operation == CacheOperation.Set)
            {
                _entries[(request.Cache, key)] = new(request.Values![i].ToArray(), ++_version, ExpiryAt(request, i), Now);
            }

            outcomes[i] = Find(request.Cache, key) is null ? CacheOutcome.Missing : CacheOutcome.Done;
            if (Find(request.Cache, key) is not { } entry)
            {
                continue;
            }

            values[i] = entry.Value;
            versions[i] = entry.Version;
            ttls[i] = entry.Expiry == CacheExpiry.Never ? long.MaxValue : entry.Since + entry.Expiry.Milliseconds - Now;
            Apply(request, key, entry, i);
        }

        return new()
        {
            Outcomes = outcomes,
            Values = request.Operation == CacheOperation.Get ? new(values) : null,
            Ttls = request.Operation == CacheOperation.Ttl || request.IncludesTtls ? ttls : null,
            Versions = request.Operation is CacheOperation.Get or CacheOperation.Set ? versions : null,
            Errors = errors.Count == 0 ? null : errors,
        };
    }

    private void Apply(CacheRequest request, string key, Entry entry, int i)
    {
        switch (request.Operation)
        {
            case CacheOperation.Get when entry.Expiry.IsSliding:
                _entries[(request.Cache, key)] = entry with { Since = Now };
                break;
            case CacheOperation.Delete:
                _entries.Remove((request.Cache, key));
                break;
            case CacheOperation.Expire:
                _entries[(request.Cache, key)] = entry with { Expiry = ExpiryAt(request, i), Since = Now };
                break;
        }
    }

    private Entry? Find(string cache, string key) =>
        _entries.TryGetValue((cache, key), out var entry) && (entry.Expiry == CacheExpiry.Never || entry.Since + entry.Expiry.Milliseconds > Now)
            ? entry
            : null;

    private CacheExpiry ExpiryAt(CacheRequest request, int i) => request.Expiries switch
    {
        null => DefaultExpiry,
        [var one] => one.Milliseconds == 0 ? DefaultExpiry : one,
        var each => each[i].Milliseconds == 0 ? DefaultExpiry : each[i],
    };

    private sealed record Entry(byte[] Value, long Version, CacheExpiry Expiry, long Since);
}
