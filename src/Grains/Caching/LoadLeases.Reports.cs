namespace Armature.Caching;

// What those who load say of it.
internal sealed partial class LoadLeases
{
    /// <summary>True while a token is that of its key's lease.</summary>
    public bool IsHeld(ReadOnlySpan<byte> key, long token)
    {
        lock (_lock)
        {
            return FindHeld(key, token) is not null;
        }
    }

    /// <summary>Ends a load with a value, for all who wait. False when the token is not, or no longer, that of the lease.</summary>
    /// <param name="key">The key.</param>
    /// <param name="token">The token.</param>
    /// <param name="write">Writes the entry with the number and the tags that it is given, while the lease is held still.</param>
    public bool TryComplete(ReadOnlySpan<byte> key, long token, Func<long, PackedTags, CachedValue> write)
    {
        lock (_lock)
        {
            if (FindHeld(key, token) is not { } lease)
            {
                return false;
            }

            End(lease, new(LoadState.Found, Value: write(lease.Version, lease.Tags)));
            return true;
        }
    }

    /// <summary>Ends a load with an error, for all who wait; who asks later loads again.</summary>
    public bool TryFail(ReadOnlySpan<byte> key, long token, ItemError error)
    {
        lock (_lock)
        {
            if (FindHeld(key, token) is not { } lease)
            {
                return false;
            }

            _failed++;
            End(lease, new(LoadState.Failed, Error: error));
            return true;
        }
    }

    /// <summary>Counts values that had expired and were given.</summary>
    public void CountStale(int count) => Interlocked.Add(ref _stale, count);

    /// <summary>Gives a load up: whoever waits longest gets it.</summary>
    public bool TryRelease(ReadOnlySpan<byte> key, long token)
    {
        lock (_lock)
        {
            if (FindHeld(key, token) is not { } lease)
            {
                return false;
            }

            HandOver(lease);
            return true;
        }
    }

    /// <summary>Gives a load its full time again.</summary>
    public bool TryRenew(ReadOnlySpan<byte> key, long token)
    {
        lock (_lock)
        {
            var lease = FindHeld(key, token);
            lease?.Renew(NextDeadline);
            return lease is not null;
        }
    }
}
