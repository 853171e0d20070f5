namespace Armature.Batching;

/// <summary>Cuts entries into pages that fit into one record each, and puts small ones together.</summary>
internal static class PageCutter
{
    /// <summary>Entries of one page: what is told of each beside its bytes then stays under the room that a record has for it.</summary>
    public const int MostEntries = 4_096;

    public static IEnumerable<PackedEntries> Cut(IReadOnlyList<PackedEntries> entries)
    {
        var page = new EntryWriter();
        foreach (var packed in entries)
        {
            if (page.Count == 0 && entries.Count == 1 && packed.Count <= MostEntries && packed.Bytes.Length <= BatchLimits.MaxPageBytes)
            {
                yield return packed;
                yield break;
            }

            for (var i = 0; i < packed.Count; i++)
            {
                if (page.Count == MostEntries || (page.Count > 0 && page.WrittenBytes + packed[i].Length > BatchLimits.MaxPageBytes))
                {
                    yield return page.Take();
                }

                page.Add(packed.Indices[i], packed.Kinds[i], packed[i].Span);
            }
        }

        if (page.Count > 0)
        {
            yield return page.Take();
        }
    }
}
