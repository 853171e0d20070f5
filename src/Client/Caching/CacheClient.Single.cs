namespace Armature.Caching;

// The same for one key. What is wrong with the key is thrown.
public sealed partial class CacheClient<T>
{
    /// <summary>Reads the value of one key. A read counts as a use, and moves a sliding expiry.</summary>
    /// <param name="key">The key: 1 to 1,024 characters without control characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value, or nothing.</returns>
    /// <exception cref="CacheKeyException">The key could not be dealt with.</exception>
    /// <exception cref="CallUnansweredException">The silo that has the key did not answer.</exception>
    public async ValueTask<CacheEntry<T>> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var found = (await GetManyAsync([key], cancellationToken).ConfigureAwait(false))[0];
        return found.Error is null ? found : throw new CacheKeyException(found.Error);
    }

    /// <summary>Writes the value of one key, over one that is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">When it expires; null for the cache's defaults.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be written.</param>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async ValueTask SetAsync(string key, T value, CacheSetOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await SetManyAsync([new KeyValuePair<string, T>(key, value)], options, cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(result[0]);
    }

    /// <summary>Removes one entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be removed.</param>
    /// <returns>Whether there was one.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        IsFound((await DeleteManyAsync([key], cancellationToken).ConfigureAwait(false))[0]);

    /// <summary>Says whether a key has an entry. Does not count as a use.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
        IsFound((await ExistsManyAsync([key], cancellationToken).ConfigureAwait(false))[0]);

    /// <summary>Says how long an entry lives on. Does not count as a use.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async ValueTask<CacheTtl> TtlAsync(string key, CancellationToken cancellationToken = default)
    {
        var ttl = (await TtlManyAsync([key], cancellationToken).ConfigureAwait(false))[0];
        ThrowIfFailed(ttl.Error);
        return ttl;
    }

    /// <summary>Gives an entry another expiry, which begins now.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ttl">When it expires.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be done.</param>
    /// <returns>Whether there was an entry.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async ValueTask<bool> ExpireAsync(string key, CacheExpiry ttl, CancellationToken cancellationToken = default) =>
        IsFound((await ExpireManyAsync([key], ttl, cancellationToken).ConfigureAwait(false))[0]);

    private static bool IsFound(CacheKeyStatus status)
    {
        ThrowIfFailed(status.Error);
        return status.IsFound;
    }

    private static void ThrowIfFailed(ItemError? error)
    {
        if (error is not null)
        {
            throw new CacheKeyException(error);
        }
    }
}
