namespace Armature.Clustering;

/// <summary>
/// A moment on two clocks, for the age of a lease: the larger difference counts. The monotonic clock goes on while the process is
/// frozen but on Linux stops while the machine is suspended; the wall clock goes on, or is set forward afterwards. A wall clock that
/// is set back changes nothing, for then the monotonic one is the larger.
/// </summary>
internal sealed record LeaseTime(long Timestamp, DateTimeOffset Utc)
{
    public static LeaseTime Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    public TimeSpan Age(TimeProvider time)
    {
        var monotonic = time.GetElapsedTime(Timestamp);
        var wall = time.GetUtcNow() - Utc;
        return monotonic > wall ? monotonic : wall;
    }
}
