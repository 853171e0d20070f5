namespace Armature.Batching;

/// <summary>
/// What is left to do of a batch that another coordinator has recorded: items that nothing is known of wait, those that were on a
/// silo which is gone are suspect, and one that was alone there is named.
/// </summary>
internal sealed class OpenItems
{
    private readonly Dictionary<int, ChunkMark> _suspects = [];
    private readonly Dictionary<int, ChunkMark> _alone = [];
    private readonly Dictionary<int, int> _attempts = [];

    public OpenItems(RecordedBatch recorded, ItemLedger items, Participants silos)
    {
        Note(recorded, silos);
        foreach (var page in recorded.Items)
        {
            var open = Enumerable.Range(0, page.Count).Where(i => items.IsOpen(page.Indices[i])).ToLookup(i => IsSuspect(page.Indices[i]));
            foreach (var attempt in open[false].GroupBy(i => _attempts.GetValueOrDefault(page.Indices[i], 1)))
            {
                var chosen = attempt.ToHashSet();
                Waiting.Add(new(page.Where(chosen.Contains), attempt.Key));
            }

            foreach (var i in open[true])
            {
                Sort(page.Slice(i, 1));
            }
        }
    }

    /// <summary>Items that run as any others.</summary>
    public List<Work> Waiting { get; } = [];

    /// <summary>Items that run alone.</summary>
    public List<Work> Suspects { get; } = [];

    /// <summary>Items that take their silo down, and the last that they did.</summary>
    public List<(Work Work, SiloAddress Silo)> Condemned { get; } = [];

    /// <summary>Marks of what a former coordinator sent to silos that live: should one die later, they would say what is not so.</summary>
    public List<string> Stale { get; } = [];

    private void Note(RecordedBatch recorded, Participants silos)
    {
        recorded.Suspects.ForEach(Suspect);
        foreach (var (key, mark) in recorded.Running.Concat(recorded.Beside).Concat(recorded.Alone))
        {
            if (silos.HasAnswered(mark.Silo))
            {
                Stale.Add(key);
            }
            else
            {
                Suspect(mark with { Deaths = mark.Deaths + 1 });
            }
        }

        foreach (var mark in recorded.Alone.Select(alone => alone.Mark).Where(mark => !silos.IsActive(mark.Silo)))
        {
            _alone[mark.Indices.Single()] = mark;
        }

        foreach (var mark in recorded.Attempts)
        {
            foreach (var index in mark.Indices)
            {
                _attempts[index] = Math.Max(mark.Attempt, _attempts.GetValueOrDefault(index));
            }
        }
    }

    private void Suspect(ChunkMark mark)
    {
        foreach (var index in mark.Indices)
        {
            if (!_suspects.TryGetValue(index, out var known) || known.Deaths <= mark.Deaths)
            {
                _suspects[index] = mark;
            }
        }
    }

    private bool IsSuspect(int index) => _suspects.ContainsKey(index);

    private void Sort(PackedEntries item)
    {
        var index = item.Indices[0];
        var last = _alone.GetValueOrDefault(index, _suspects[index]);
        var work = new Work(item, Math.Max(last.Attempt, _attempts.GetValueOrDefault(index)), _suspects[index].Deaths);
        if (_alone.ContainsKey(index) || work.Deaths >= Armature.Batching.Suspects.MostDeaths)
        {
            Condemned.Add((work, last.Silo));
            return;
        }

        Suspects.Add(work);
    }
}
