namespace Armature.Caching;

/// <summary>Some keys whose values this caller makes, with one call of the factory. It keeps their leases meanwhile, and reports. Used once.</summary>
internal sealed class CacheMaking<T>(LoadCalls calls, CacheFactory<T> factory, ICacheSerializer serializer, TimeProvider time)
{
    // A lease lasts 10 seconds at least.
    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(3);

    private readonly List<LoadedKey> _keys = [];
    private readonly List<CacheEntry<T>> _stale = [];

    public bool IsEmpty => _keys.Count == 0;

    /// <summary>True when each key has a value that has expired.</summary>
    public bool CanBeLeft => _stale.TrueForAll(entry => entry.HasValue);

    /// <summary>What was made of the keys.</summary>
    public Task<CacheEntry<T>[]> Made { get; private set; } = null!;

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key and its lease.</param>
    /// <param name="stale">A value that has expired, or nothing.</param>
    public void Add(LoadedKey key, CacheEntry<T> stale)
    {
        _keys.Add(key);
        _stale.Add(stale.AsStale());
    }

    /// <summary>Begins.</summary>
    /// <param name="cancellationToken">Ends the factory; others get to make the values then.</param>
    public void Begin(CancellationToken cancellationToken) => Made = MakeAsync(cancellationToken);

    /// <summary>Puts what was made in its places; what has expired where that is not known yet.</summary>
    public async Task CopyToAsync(CacheEntry<T>[] results)
    {
        var entries = Made.IsCompleted ? await Made.ConfigureAwait(false) : [.. _stale];
        for (var i = 0; i < entries.Length; i++)
        {
            results[_keys[i].Place] = entries[i];
        }
    }

    private async Task<CacheEntry<T>[]> MakeAsync(CancellationToken cancellationToken)
    {
        using var made = new CancellationTokenSource();
        var renewing = RenewAsync(made.Token);
        try
        {
            var entries = await CallFactoryAsync(cancellationToken).ConfigureAwait(false);
            await ReportAsync(entries).ConfigureAwait(false);
            return entries;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await calls.ReleaseAsync(_keys).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await made.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    private async Task<CacheEntry<T>[]> CallFactoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var made = await factory([.. _keys.Select(key => key.Key)], cancellationToken).ConfigureAwait(false);
            return [.. _keys.Select(key => made.TryGetValue(key.Key, out var entry) && (entry.HasValue || entry.Error is not null) ? entry : new(LoadErrors.NotMade()))];
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var error = LoadErrors.Failed(exception);
            return [.. _keys.Select(_ => new CacheEntry<T>(error))];
        }
    }

    private async Task ReportAsync(CacheEntry<T>[] entries)
    {
        var good = new List<(int Place, ReadOnlyMemory<byte> Value)>();
        var bad = new List<int>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (TryWrite(ref entries[i], out var value))
            {
                good.Add((i, value));
            }
            else
            {
                bad.Add(i);
            }
        }

        var refused = calls.CompleteAsync([.. good.Select(pair => _keys[pair.Place])], [.. good.Select(pair => pair.Value)]);
        var lost = await calls.FailAsync(bad.ConvertAll(i => _keys[i]), [.. bad.Select(i => LoadErrors.Shorten(entries[i].Error!))]).ConfigureAwait(false);
        foreach (var (i, error) in await refused.ConfigureAwait(false))
        {
            entries[good[i].Place] = InsteadOf(new(error), good[i].Place);
        }

        for (var i = 0; i < bad.Count; i++)
        {
            // Where the lease is lost, somebody wrote or deleted the key: what has expired is older than that.
            entries[bad[i]] = lost.Contains(i) ? entries[bad[i]] : InsteadOf(entries[bad[i]], bad[i]);
        }
    }

    private CacheEntry<T> InsteadOf(CacheEntry<T> error, int i) => _stale[i].HasValue ? _stale[i] : error;

    private bool TryWrite(ref CacheEntry<T> entry, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!entry.HasValue)
        {
            return false;
        }

        try
        {
            value = serializer.Serialize(entry.Value);
            entry = RequestPages.Refuse(value) is { } error ? new(error) : entry;
            return entry.HasValue;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            entry = new(SerializerErrors.Unwritable<T>(exception));
            return false;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(RenewalPeriod, time);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await calls.RenewAsync(_keys).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The values are made.
        }
    }
}
