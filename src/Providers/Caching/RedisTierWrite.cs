using System.Globalization;
using StackExchange.Redis;

namespace Armature.Caching;

/// <summary>The keys and arguments of the script that writes.</summary>
internal sealed class RedisTierWrite
{
    // Numbers of this length compare as texts do.
    private const string VersionFormat = "D19";

    // Redis counts milliseconds since 1970 in 63 bits; what lives longer than 300 years does not expire there.
    private const long LongestMilliseconds = 300L * 365 * 24 * 3600 * 1000;

    private readonly List<int> _partitions = [];

    public RedisTierWrite(RedisTierKeys keys, IReadOnlyList<TierWrite> writes)
    {
        var numbers = Number(writes);
        Keys = new RedisKey[writes.Count + _partitions.Count];
        Arguments = new RedisValue[1 + _partitions.Count + (4 * writes.Count)];
        Arguments[0] = writes.Count;
        for (var i = 0; i < _partitions.Count; i++)
        {
            Keys[writes.Count + i] = keys.State(_partitions[i]);
        }

        var at = 1 + _partitions.Count;
        for (var i = 0; i < writes.Count; i++)
        {
            var write = writes[i];
            var isBarrier = write.Kind is TierWriteKind.AddBarrier or TierWriteKind.RemoveBarrier;
            Keys[i] = isBarrier || write.Kind == TierWriteKind.Check ? keys.State(write.Partition) : keys.Entry(write.Key);
            Arguments[numbers[write.Partition]] = write.Epoch;
            Arguments[at++] = numbers[write.Partition];
            Arguments[at++] = KindOf(write.Kind);
            Arguments[at++] = isBarrier ? write.Key : write.Value;
            Arguments[at++] = isBarrier ? Text(write.Number) : Milliseconds(write.Number);
        }
    }

    public RedisKey[] Keys { get; }

    public RedisValue[] Arguments { get; }

    /// <summary>The partition of a number in the answer.</summary>
    public int PartitionOf(int number) => _partitions[number - 1];

    /// <summary>A version as Redis keeps it.</summary>
    public static string Text(long version) => version.ToString(VersionFormat, CultureInfo.InvariantCulture);

    private static string KindOf(TierWriteKind kind) => kind switch
    {
        TierWriteKind.Set => "S",
        TierWriteKind.Remove => "D",
        TierWriteKind.Renew => "E",
        TierWriteKind.AddBarrier => "B",
        TierWriteKind.RemoveBarrier => "F",
        _ => "C",
    };

    private static RedisValue Milliseconds(long number) => number > LongestMilliseconds ? RedisValue.EmptyString : number;

    // From 1, in the order in which they come.
    private Dictionary<int, int> Number(IReadOnlyList<TierWrite> writes)
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < writes.Count; i++)
        {
            if (numbers.TryAdd(writes[i].Partition, _partitions.Count + 1))
            {
                _partitions.Add(writes[i].Partition);
            }
        }

        return numbers;
    }
}
