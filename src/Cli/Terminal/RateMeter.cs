namespace Armature.Terminal;

/// <summary>How fast items are done, over the last seconds rather than from the start.</summary>
internal sealed class RateMeter(TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private const int MaxSamples = 256;

    private readonly Queue<(long At, int Done)> _samples = new([(timeProvider.GetTimestamp(), 0)]);
    private (long At, int Done) _last;

    /// <summary>Items a second; 0 until something is done.</summary>
    public double PerSecond
    {
        get
        {
            var (at, done) = _samples.Peek();
            var seconds = timeProvider.GetElapsedTime(at, _last.At).TotalSeconds;
            return seconds > 0 ? (_last.Done - done) / seconds : 0;
        }
    }

    /// <summary>Notes how many items are done now.</summary>
    public void Note(int done)
    {
        _last = (timeProvider.GetTimestamp(), done);
        _samples.Enqueue(_last);
        while (_samples.Count > 2 && (_samples.Count > MaxSamples || timeProvider.GetElapsedTime(_samples.Peek().At, _last.At) > Window))
        {
            _samples.Dequeue();
        }
    }

    /// <summary>The time that so many items will take at this rate; null while it is not known, and when there are none.</summary>
    public TimeSpan? TimeFor(int items)
    {
        var rate = PerSecond;
        return rate > 0 && items > 0 ? TimeSpan.FromSeconds(Math.Min(items / rate, TimeSpan.FromDays(99).TotalSeconds)) : null;
    }
}
