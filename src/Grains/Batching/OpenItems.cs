namespace Armature.Batching;

/// <summary>
/// What is left to do of a batch that another coordinator has recorded: items that nothing is known of wait, those that were on a
/// silo which is gone are suspect, and one that was alone there is named.
/// </summary>
internal sealed class OpenItems
{
    public OpenItems(RecordedBatch recorded, ItemLedger items, Participants silos)
    {
        var suspects = new Dictionary<int, int>();
        var condemned = new Dictionary<int, ChunkMark>();
        foreach (var mark in recorded.Suspects.Concat(recorded.Running.Concat(recorded.Alone).Where(mark => !silos.IsActive(mark.Silo))))
        {
            foreach (var index in mark.Indices)
            {
                suspects[index] = mark.Attempt;
            }
        }

        foreach (var mark in recorded.Alone.Where(mark => !silos.IsActive(mark.Silo)))
        {
            condemned[mark.Indices.Single()] = mark;
        }

        foreach (var page in recorded.Items)
        {
            var waiting = page.Where(i => items.IsOpen(page.Indices[i]) && !suspects.ContainsKey(page.Indices[i]));
            if (waiting.Count > 0)
            {
                Waiting.Add(waiting);
            }

            for (var i = 0; i < page.Count; i++)
            {
                if (items.IsOpen(page.Indices[i]) && suspects.TryGetValue(page.Indices[i], out var attempt))
                {
                    Sort(new Work(page.Slice(i, 1), attempt), condemned);
                }
            }
        }
    }

    /// <summary>Items that run as any others.</summary>
    public List<PackedEntries> Waiting { get; } = [];

    /// <summary>Items that run alone.</summary>
    public List<Work> Suspects { get; } = [];

    /// <summary>Items that were alone on a silo when it died, and that silo.</summary>
    public List<(Work Work, SiloAddress Silo)> Condemned { get; } = [];

    private void Sort(Work work, Dictionary<int, ChunkMark> condemned)
    {
        if (condemned.TryGetValue(work.Items.Indices[0], out var mark))
        {
            Condemned.Add((work, mark.Silo));
            return;
        }

        Suspects.Add(work);
    }
}
