namespace Armature.Rendering;

/// <summary>Who may begin now, under a rate without bursts and a number in flight. One caller at a time.</summary>
internal sealed class PaceGate(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    // When each permit ends by itself.
    private readonly Dictionary<Guid, TimeSpan> _held = [];
    private TimeSpan _next;

    /// <summary>Permits that are held.</summary>
    public int InFlight => _held.Count;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Takes a permit if the limits allow it now.</summary>
    /// <returns>Null when it is taken; otherwise how long it takes at most until it is worth asking again without another's leaving.</returns>
    public TimeSpan? TryEnter(RenderPace pace, PacePermit permit)
    {
        var now = Now;
        if (_held.ContainsKey(permit.Id))
        {
            return null;
        }

        DropExpired(now);
        if (pace.MaxInFlight is { } max && _held.Count >= max)
        {
            return _held.Values.Min() - now;
        }

        if (pace.PagesPerSecond is { } rate)
        {
            if (now < _next)
            {
                return _next - now;
            }

            // One that came late is caught up by up to an interval, so that the rate is kept; a gate that stood still for longer owes nothing.
            var interval = TimeSpan.FromSeconds(1 / rate);
            _next = (now - _next < interval ? _next : now) + interval;
        }

        _held[permit.Id] = now + permit.Lease;
        return null;
    }

    /// <summary>Gives a permit back; one that is not held is ignored.</summary>
    public void Leave(Guid permit) => _held.Remove(permit);

    private void DropExpired(TimeSpan now)
    {
        foreach (var (id, end) in _held)
        {
            if (end <= now)
            {
                _held.Remove(id);
            }
        }
    }
}
