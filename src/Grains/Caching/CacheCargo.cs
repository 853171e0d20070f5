namespace Armature.Caching;

/// <summary>Entries of a partition that moves, as many as fit into one message.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.cargo")]
internal sealed class CacheCargo
{
    // What an entry costs besides its own bytes: lengths, version, expiry.
    private const int EntryOverhead = 40;

    [Id(0)] public required int Partition { get; init; }

    /// <summary>The move's: <see cref="CacheHandover.Id"/>.</summary>
    [Id(1)] public required Guid Handover { get; init; }

    /// <summary>Which message of the move this is, from 0.</summary>
    [Id(2)] public required int Number { get; init; }

    /// <summary>Of each entry its <see cref="ExportedEntry.Data"/>.</summary>
    [Id(3)] public required PackedValues Data { get; init; }

    [Id(4)] public required int[] KeyLengths { get; init; }

    [Id(5)] public required int[] TagsLengths { get; init; }

    [Id(6)] public required long[] Versions { get; init; }

    [Id(7)] public required long[] Remaining { get; init; }

    [Id(8)] public required long[] Sliding { get; init; }

    [Id(9)] public required byte[] Uses { get; init; }

    /// <summary>Of each entry how long it is kept once it has expired; null when none is.</summary>
    [Id(10)] public int[]? StaleSeconds { get; init; }

    /// <summary>Packs the entries of a partition into messages, in their order. There is one at least.</summary>
    public static IEnumerable<CacheCargo> Pack(int partition, Guid handover, IReadOnlyList<ExportedEntry> entries)
    {
        var packed = 0;
        for (var number = 0; number == 0 || packed < entries.Count; number++)
        {
            var count = Fitting(entries, packed);
            yield return Pack(partition, handover, number, [.. entries.Skip(packed).Take(count)]);
            packed += count;
        }
    }

    /// <summary>The entries in it, with bytes of their own.</summary>
    public IEnumerable<ExportedEntry> Unpack()
    {
        for (var i = 0; i < Data.Count; i++)
        {
            yield return new(Data[i].ToArray(), KeyLengths[i], TagsLengths[i], Versions[i], Remaining[i], Sliding[i], StaleSeconds?[i] ?? 0, Uses[i]);
        }
    }

    private static int Fitting(IReadOnlyList<ExportedEntry> entries, int first)
    {
        var bytes = 0L;
        for (var i = first; i < entries.Count; i++)
        {
            bytes += entries[i].Data.Length + EntryOverhead;
            if (i > first && bytes > CacheLimits.MaxPageBytes)
            {
                return i - first;
            }
        }

        return entries.Count - first;
    }

    private static CacheCargo Pack(int partition, Guid handover, int number, ExportedEntry[] entries) => new()
    {
        Partition = partition,
        Handover = handover,
        Number = number,
        Data = new(Array.ConvertAll(entries, entry => new ReadOnlyMemory<byte>(entry.Data))),
        KeyLengths = Array.ConvertAll(entries, entry => entry.KeyLength),
        TagsLengths = Array.ConvertAll(entries, entry => entry.TagsLength),
        Versions = Array.ConvertAll(entries, entry => entry.Version),
        Remaining = Array.ConvertAll(entries, entry => entry.Remaining),
        Sliding = Array.ConvertAll(entries, entry => entry.Sliding),
        Uses = Array.ConvertAll(entries, entry => entry.Uses),
        StaleSeconds = Array.Exists(entries, entry => entry.StaleSeconds > 0) ? Array.ConvertAll(entries, entry => entry.StaleSeconds) : null,
    };
}
