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
        var deletes = changes.Count(change => change.Value is null);
        var applied = deletes == 0 ? changes : LastOfEachKey(changes);
        deletes = deletes == 0 ? 0 : applied.Count(change => change.Value is null);
        var puts = applied.Count - deletes;
        var arguments = new RedisValue[FirstPut + (2 * puts) + deletes];
        (arguments[0], arguments[1], arguments[PutCount]) = (partition, epoch, 2 * puts);
        var (put, delete) = (FirstPut, FirstPut + (2 * puts));
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Value is { } value)
            {
                arguments[put++] = applied[i].Key;
                arguments[put++] = value;
                continue;
            }

            arguments[delete++] = applied[i].Key;
        }

        return arguments;
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
