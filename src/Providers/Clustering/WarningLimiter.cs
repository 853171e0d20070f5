namespace Armature.Clustering;

/// <summary>Lets one warning through in a time, and counts those it holds back, so that a flood of them cannot fill a log.</summary>
internal sealed class WarningLimiter(TimeProvider time, TimeSpan interval)
{
    private readonly Lock _gate = new();
    private long? _last;
    private int _heldBack;

    /// <summary>True when a warning may be written; <paramref name="heldBack"/> is the number of those before it that were not.</summary>
    public bool TryEnter(out int heldBack)
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < interval)
            {
                heldBack = ++_heldBack;
                return false;
            }

            heldBack = _heldBack;
            _heldBack = 0;
            _last = time.GetTimestamp();
            return true;
        }
    }
}
