namespace Armature.Caching;

/// <summary>Entries of a partition that have come before its ownership. Not thread-safe.</summary>
/// <param name="handover">The move that they belong to.</param>
/// <param name="since">When the first of them came.</param>
internal sealed class CacheArrival(Guid handover, long since)
{
    private int _next = 1;

    public Guid Handover => handover;

    public long Since => since;

    /// <summary>Counts a message; false when one before it is missing.</summary>
    public bool TryCount(int number)
    {
        if (number != _next)
        {
            return false;
        }

        _next++;
        return true;
    }
}
