using System.Buffers;
using System.Numerics;

namespace Armature.Validation.Files;

/// <summary>Finds the keys of a group of partitions that are there twice, or refer to nothing.</summary>
internal static class KeySearch
{
    /// <summary>Goes through a group.</summary>
    /// <param name="entries">Its keys, those of earlier records first among those of a partition.</param>
    /// <param name="sets">What is asked of each set.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Pairs of positions: the key that breaks its rule, and the first of its kind (its own where there is none), in the order of the former.</returns>
    public static ulong[] Run(ReadOnlySpan<KeyEntry> entries, ReadOnlySpan<KeySetKind> sets, CancellationToken cancellationToken)
    {
        // Half empty, so that a search ends soon. A slot has the place of an entry, counted from 1.
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, entries.Length * 2L));
        var rented = ArrayPool<int>.Shared.Rent(count);
        try
        {
            var slots = rented.AsSpan(0, count);
            slots.Clear();
            return Search(slots, entries, sets, cancellationToken);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private static ulong[] Search(Span<int> slots, ReadOnlySpan<KeyEntry> entries, ReadOnlySpan<KeySetKind> sets, CancellationToken cancellationToken)
    {
        var found = new List<(ulong Position, ulong First)>();
        var hasWanted = sets.Contains(KeySetKind.Wanted);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            var kind = sets[KeyEntry.SetOf(entry.Position)];
            if (kind == KeySetKind.Wanted)
            {
                continue;
            }

            ref var slot = ref Find(slots, entries, entry);
            if (slot == 0)
            {
                slot = i + 1;
            }
            else if (kind == KeySetKind.Unique)
            {
                found.Add((entry.Position, entries[slot - 1].Position));
            }

            ThrowIfCancelled(i, cancellationToken);
        }

        for (var i = 0; hasWanted && i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            if (sets[KeyEntry.SetOf(entry.Position)] == KeySetKind.Wanted && Find(slots, entries, entry) == 0)
            {
                found.Add((entry.Position, entry.Position));
            }

            ThrowIfCancelled(i, cancellationToken);
        }

        found.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        var pairs = new ulong[found.Count * 2];
        for (var i = 0; i < found.Count; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = found[i];
        }

        return pairs;
    }

    /// <summary>The slot that has the key, or the empty one where it would be.</summary>
    private static ref int Find(Span<int> slots, ReadOnlySpan<KeyEntry> entries, in KeyEntry key)
    {
        var mask = slots.Length - 1;
        for (var at = (int)key.HashLow & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot == 0)
            {
                return ref slot;
            }

            ref readonly var there = ref entries[slot - 1];
            if (there.HashLow == key.HashLow && there.HashHigh == key.HashHigh)
            {
                return ref slot;
            }
        }
    }

    private static void ThrowIfCancelled(int i, CancellationToken cancellationToken)
    {
        if ((i & 0xFFFF) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
