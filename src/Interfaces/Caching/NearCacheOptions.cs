namespace Armature.Caching;

/// <summary>
/// Copies of a cache's entries in the caller's own process: a key that was read lately is read again without a call. What others change
/// is seen within <see cref="MaxStaleness"/>, what this process changes at once.
/// </summary>
public sealed record NearCacheOptions
{
    private readonly int _maxEntries = 10_000;
    private readonly int _maxValueBytes = 16 << 10;
    private readonly TimeSpan _maxStaleness = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _maxAge = TimeSpan.FromSeconds(30);

    /// <summary>Copies that are kept, those that are read often and lately: 1 to 10,000,000. With <see cref="MaxValueBytes"/> the bound of the memory.</summary>
    /// <value>Default: 10,000.</value>
    public int MaxEntries
    {
        get => _maxEntries;
        init => _maxEntries = OptionBounds.Checked(value, 1, 10_000_000, nameof(MaxEntries));
    }

    /// <summary>Bytes of a value that is copied, at most: 0 to 1 MiB. Larger ones are read from the cluster every time.</summary>
    /// <value>Default: 16 KiB.</value>
    public int MaxValueBytes
    {
        get => _maxValueBytes;
        init => _maxValueBytes = OptionBounds.Checked(value, 0, 1 << 20, nameof(MaxValueBytes));
    }

    /// <summary>
    /// How long another process's write, deletion or new expiry may stay unseen: 100 ms to 1 minute. Four times in it the cluster is asked
    /// what was changed; when it does not answer for so long, copies are not used. What this process does it sees at once.
    /// </summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan MaxStaleness
    {
        get => _maxStaleness;
        init => _maxStaleness = OptionBounds.Checked(value, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(MaxStaleness));
    }

    /// <summary>How long a copy is used before the cluster is asked again, so that the cluster knows what is in use: 1 second to 1 hour, and never longer than half of what the entry still lives.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan MaxAge
    {
        get => _maxAge;
        init => _maxAge = OptionBounds.Checked(value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(MaxAge));
    }
}
