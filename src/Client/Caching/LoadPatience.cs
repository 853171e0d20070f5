namespace Armature.Caching;

/// <summary>How long one call waits for values that are made, and from when on it takes those that have expired instead.</summary>
internal sealed class LoadPatience(CacheLoadOptions options, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private bool _hasAsked;
    private bool _hasAskedLate;

    /// <summary>What is left of the soft timeout, up to the next millisecond; zero when it is over, never over when there is none.</summary>
    public TimeSpan Left => options.SoftTimeout is not { } soft
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (soft - time.GetElapsedTime(_began)).TotalMilliseconds)));

    /// <summary>How the cluster is to be asked next: what can be answered at once the first time, and when the soft timeout is over.</summary>
    public (TimeSpan Wait, StaleUse Stale) Next()
    {
        var stale = options.StaleFor is null ? StaleUse.None : StaleUse.LastResort;
        if (!_hasAsked)
        {
            _hasAsked = true;
            return (TimeSpan.Zero, stale);
        }

        var left = Left;
        if (left != TimeSpan.Zero)
        {
            return (left == Timeout.InfiniteTimeSpan || left > CacheLoad.LongestWait ? CacheLoad.LongestWait : left, stale);
        }

        var wait = _hasAskedLate ? CacheLoad.LongestWait : TimeSpan.Zero;
        _hasAskedLate = true;
        return (wait, StaleUse.AtOnce);
    }
}
