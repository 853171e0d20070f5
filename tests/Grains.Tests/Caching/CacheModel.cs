namespace Armature.Caching;

/// <summary>What a cache must do when it has room for all: a dictionary with a clock.</summary>
internal sealed class CacheModel
{
    private readonly Dictionary<int, Entry> _entries = [];
    private long _now;
    private int _written;

    public byte[] Set(int key, int size, Expiry expiry)
    {
        var value = new byte[size];
        Array.Fill(value, (byte)++_written);
        _entries[key] = new(value, expiry, CacheTime.After(_now, expiry.Milliseconds));
        return value;
    }

    public byte[]? Get(int key)
    {
        if (Live(key) is { Expiry.Kind: ExpiryKind.Sliding } sliding)
        {
            _entries[key] = sliding with { ExpiresAt = CacheTime.After(_now, sliding.Expiry.Milliseconds) };
        }

        return Peek(key);
    }

    public byte[]? Peek(int key) => Live(key)?.Value;

    /// <summary>Also an entry that has expired and is kept.</summary>
    public (byte[] Value, bool IsStale)? PeekKept(int key) =>
        _entries.TryGetValue(key, out var entry) && CacheTime.After(entry.ExpiresAt, entry.Expiry.StaleSeconds * 1_000L) > _now
            ? (entry.Value, entry.ExpiresAt <= _now)
            : null;

    public bool Remove(int key)
    {
        var isThere = Live(key) is not null;
        _entries.Remove(key);
        return isThere;
    }

    public bool Expire(int key, Expiry expiry)
    {
        if (Live(key) is not { } entry)
        {
            return false;
        }

        _entries[key] = new(entry.Value, expiry with { StaleSeconds = entry.Expiry.StaleSeconds }, CacheTime.After(_now, expiry.Milliseconds));
        return true;
    }

    public void Advance(long milliseconds) => _now += milliseconds;

    private Entry? Live(int key) => _entries.TryGetValue(key, out var entry) && entry.ExpiresAt > _now ? entry : null;

    private sealed record Entry(byte[] Value, Expiry Expiry, long ExpiresAt);
}
