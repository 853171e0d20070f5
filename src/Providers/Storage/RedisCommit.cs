using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>The arguments of the script that commits.</summary>
internal static class RedisCommit
{
    /// <summary>Where the commit's number goes, which is given when it is sent.</summary>
    public const int Number = 2;

    private const int PutCount = 3;
    private const int FirstPut = 4;

    public static RedisValue[] Arguments(string partition, long epoch, IReadOnlyList<RecordChange> changes)
    {
        var deletes = CountDeletes(changes);
        var applied = changes;
        if (deletes > 0)
        {
            applied = LastOfEachKey(changes);
            deletes = CountDeletes(applied);
        }

        var puts = applied.Count - deletes;
        var arguments = new RedisValue[FirstPut + (2 * puts) + deletes];
        (arguments[0], arguments[1], arguments[PutCount]) = (partition, epoch, 2 * puts);
        var (put, delete) = (FirstPut, FirstPut + (2 * puts));
        for (var i = 0; i < applied.Count; i++)
        {
            var change = applied[i];
            if (change.Value is { } value)
            {
                arguments[put++] = change.Key;
                arguments[put++] = value;
                continue;
            }

            arguments[delete++] = change.Key;
        }

        return arguments;
    }

    private static int CountDeletes(IReadOnlyList<RecordChange> changes)
    {
        var deletes = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            deletes += changes[i].Value is null ? 1 : 0;
        }

        return deletes;
    }

    // Puts are applied in their order, and all deletes after them: with both, only the last change of a key may be there.
    private static IReadOnlyList<RecordChange> LastOfEachKey(IReadOnlyList<RecordChange> changes)
    {
        var last = new Dictionary<string, RecordChange>(changes.Count, StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            last[changes[i].Key] = changes[i];
        }

        return [.. last.Values];
    }
}
