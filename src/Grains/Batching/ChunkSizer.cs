namespace Armature.Batching;

/// <summary>
/// How many items the next chunk has: the target time divided by the running average of an item's time, one item while
/// nothing is known, never more than 16 times the largest chunk that was answered. Towards the end chunks shrink, so that
/// the last ones end together (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers, 1987),
/// but not below two milliseconds of work, where a call would cost more than it carries. Where a silo works on many items at a time,
/// these take long and yet end in quick succession: a chunk has what the silo does in four milliseconds, while others have their share.
/// </summary>
internal sealed class ChunkSizer(TimeSpan target)
{
    private const double NewestWeight = 0.3;
    private const int MostGrowth = 16;
    private static readonly TimeSpan WorthACall = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WorthACallOfSilo = TimeSpan.FromMilliseconds(4);

    private double _secondsPerItem = double.NaN;
    private double _resultBytesPerItem;
    private int _largest = 1;

    /// <summary>The running average of an item's time; zero while nothing is known.</summary>
    public TimeSpan AverageItem => IsIgnorant ? TimeSpan.Zero : TimeSpan.FromSeconds(_secondsPerItem);

    /// <summary>True while nothing is known of the items' time.</summary>
    public bool IsIgnorant => double.IsNaN(_secondsPerItem);

    /// <summary>
    /// True while chunks have to grow before they are worth a call: nothing is known of the items' time, or they are so fast that
    /// even the largest chunk that may follow is too small.
    /// </summary>
    public bool IsProbing => IsIgnorant || _secondsPerItem * _largest * MostGrowth < WorthACall.TotalSeconds;

    /// <summary>Learns from an answered chunk.</summary>
    public void Observe(int items, TimeSpan busy, int resultBytes)
    {
        if (items == 0)
        {
            return;
        }

        var seconds = busy.TotalSeconds / items;
        var isFirst = IsIgnorant;

        // A larger chunk after small ones counts more than they did: its average is over more items, and without warm-up.
        var weight = isFirst || items > _largest ? 1 : NewestWeight;
        _secondsPerItem = isFirst ? seconds : _secondsPerItem + (weight * (seconds - _secondsPerItem));
        _resultBytesPerItem += (isFirst ? 1 : weight) * (((double)resultBytes / items) - _resultBytesPerItem);
        _largest = Math.Max(_largest, items);
    }

    /// <summary>Items for the next chunk.</summary>
    /// <param name="waiting">Items that wait.</param>
    /// <param name="lanes">Lanes that take chunks.</param>
    /// <param name="silos">Silos that have them.</param>
    public int Next(int waiting, int lanes, int silos)
    {
        lanes = Math.Max(1, lanes);
        silos = Math.Max(1, silos);
        if (IsIgnorant)
        {
            return 1;
        }

        var perItem = Math.Max(_secondsPerItem, 1e-7);
        var fair = Math.Max(waiting / (2.0 * lanes), WorthACall.TotalSeconds / perItem);
        var size = Math.Min(target.TotalSeconds / perItem, fair);
        var worth = WorthACallOfSilo.TotalSeconds / perItem * lanes / silos;
        size = Math.Max(size, Math.Min(worth, waiting / (2.0 * silos)));
        size = Math.Min(size, (double)_largest * MostGrowth);
        size = Math.Min(size, BatchLimits.MaxPageBytes / Math.Max(1, _resultBytesPerItem));
        return (int)Math.Clamp(size, 1, BatchLimits.MaxPageItems);
    }
}
