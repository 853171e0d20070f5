namespace Armature.Storage;

/// <summary>What every record store checks of a commit before it touches anything.</summary>
public static class RecordCommit
{
    /// <summary>Throws when a commit cannot be taken, whatever the store.</summary>
    /// <returns>The bytes of its keys and values.</returns>
    /// <exception cref="ArgumentException">The partition or a key may not be called that.</exception>
    /// <exception cref="RecordLimitException">There are too many changes, or too many bytes.</exception>
    public static long Measure(string partition, IReadOnlyList<RecordChange> changes)
    {
        RecordName.ThrowIfInvalid(partition);
        ArgumentNullException.ThrowIfNull(changes);
        ThrowIfOver(nameof(RecordLimits.MaxCommitChanges), RecordLimits.MaxCommitChanges, changes.Count);
        long bytes = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            RecordName.ThrowIfInvalid(change.Key);
            ThrowIfOver(nameof(RecordLimits.MaxValueBytes), RecordLimits.MaxValueBytes, change.Value?.Length ?? 0);
            bytes += change.Bytes;
        }

        ThrowIfOver(nameof(RecordLimits.MaxCommitBytes), RecordLimits.MaxCommitBytes, bytes);
        return bytes;
    }

    private static void ThrowIfOver(string limit, long allowed, long actual)
    {
        if (actual > allowed)
        {
            throw new RecordLimitException(limit, allowed, actual);
        }
    }
}
