namespace Armature.Caching;

/// <summary>What a caller may say about values that are made when they are not there: how they are written, and what happens when making them fails or takes long.</summary>
public sealed class CacheLoadOptions : CacheSetOptions
{
    private TimeSpan? _staleFor;
    private TimeSpan _retryAfter = TimeSpan.FromSeconds(30);
    private TimeSpan? _softTimeout;
    private TimeSpan _jitter;
    private double? _refreshAhead;

    /// <summary>
    /// How long a value is kept once it has expired, for callers who give this option too: when the factory fails, they get it
    /// (<see cref="CacheEntry{T}.IsStale"/>) instead of the error. For everybody else it is gone. 1 second to 3,650 days, taken up to the
    /// next second.
    /// </summary>
    /// <value>Default: none, what has expired is gone.</value>
    public TimeSpan? StaleFor
    {
        get => _staleFor;
        set => _staleFor = value is { } given ? OptionBounds.Checked(given, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650), nameof(StaleFor)) : null;
    }

    /// <summary>How long the factory is not called again for a key after it failed, where there is a value that can be given instead: 0 to 1 hour.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan RetryAfter
    {
        get => _retryAfter;
        set => _retryAfter = OptionBounds.Checked(value, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(RetryAfter));
    }

    /// <summary>
    /// How long the call waits for a value when there is one that has expired: then it gives that, and the factory goes on without it
    /// and writes what it makes. Only with <see cref="StaleFor"/>. 1 millisecond to 10 minutes.
    /// </summary>
    /// <value>Default: none, the call waits.</value>
    public TimeSpan? SoftTimeout
    {
        get => _softTimeout;
        set => _softTimeout = value is { } given ? OptionBounds.Checked(given, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10), nameof(SoftTimeout)) : null;
    }

    /// <summary>Up to so much is added at random to the time to live of each value that is made, so that values made together do not expire together: 0 to 1 day.</summary>
    /// <value>Default: 0.</value>
    public TimeSpan Jitter
    {
        get => _jitter;
        set => _jitter = OptionBounds.Checked(value, TimeSpan.Zero, TimeSpan.FromDays(1), nameof(Jitter));
    }

    /// <summary>
    /// The part of its time to live after which a value is made anew while it is read on, 0.05 to 0.99: whoever reads it first then gets
    /// it at once, and its factory is called in the background. Only with a time to live that counts from the write, given here or as the
    /// cache's default: without one the call is refused (<see cref="ArgumentException"/>).
    /// </summary>
    /// <value>Default: none.</value>
    public double? RefreshAhead
    {
        get => _refreshAhead;
        set => _refreshAhead = value is { } given ? OptionBounds.Checked(given, 0.05, 0.99, nameof(RefreshAhead)) : null;
    }
}
