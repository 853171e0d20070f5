using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>
/// The last changes of the entries on this silo, by the slots of their hashes, for those who keep copies elsewhere. Costs a look at
/// one number while nobody asks for them. Thread-safe.
/// </summary>
internal sealed class ChangeLog(TimeProvider time)
{
    /// <summary>Changes that are remembered: who asks four times a second hears of 262,144 changes a second one by one.</summary>
    public const int Capacity = 1 << 16;

    // Who asks does so several times a second.
    private static readonly TimeSpan Unasked = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // Guarded by _lock; null while nobody asks. Positions never begin anew: they start at the time in ticks.
    private ushort[]? _slots;
    private long _first;
    private long _next = time.GetUtcNow().Ticks;
    private long _askedAt;

    /// <summary>Tells of an entry that was written or deleted; to be called after that, and before it is acknowledged.</summary>
    public void Add(ulong hash)
    {
        if (Volatile.Read(ref _slots) is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_slots is { } slots)
            {
                slots[_next++ % Capacity] = CacheHash.SlotOf(hash);
                ForgetWhenUnasked();
            }
        }
    }

    /// <summary>Tells that any entry may have changed.</summary>
    public void AddAll()
    {
        lock (_lock)
        {
            _first = ++_next;
        }
    }

    /// <summary>What has changed since a position.</summary>
    /// <param name="since">The position of an answer before; null when there was none.</param>
    /// <param name="silo">This silo.</param>
    /// <param name="held">The partitions that it holds.</param>
    public CacheChanges Read(long? since, SiloAddress silo, ImmutableArray<byte> held)
    {
        lock (_lock)
        {
            _askedAt = time.GetTimestamp();
            if (_slots is null)
            {
                Volatile.Write(ref _slots, new ushort[Capacity]);
                _first = ++_next;
            }

            var from = since ?? 0;
            var isComplete = from >= Math.Max(_first, _next - Capacity) && from <= _next;
            return new()
            {
                Silo = silo,
                Position = _next,
                IsComplete = isComplete,
                Slots = isComplete ? Copy(from) : [],
                Partitions = held,
            };
        }
    }

    private ImmutableArray<ushort> Copy(long from)
    {
        var slots = new ushort[_next - from];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = _slots![(from + i) % Capacity];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(slots);
    }

    private void ForgetWhenUnasked()
    {
        if (_next % Capacity == 0 && time.GetElapsedTime(_askedAt) > Unasked)
        {
            _slots = null;
        }
    }
}
