namespace Armature.Validation.Files;

/// <summary>Hands out keys that break their rule part by part of the file.</summary>
/// <param name="found">In the order of the file.</param>
/// <param name="sets">The sets of keys by their numbers.</param>
/// <param name="tally">Knows where parts are.</param>
internal sealed class PendingKeys(IEnumerable<(ulong Position, ulong First)> found, FileKeySet[] sets, FileTally tally) : IDisposable
{
    private readonly IEnumerator<(ulong Position, ulong First)> _found = found.GetEnumerator();
    private bool _hasNext;
    private bool _hasBegun;

    /// <summary>Those of a part, in the order of records and rules; parts are asked for in their order.</summary>
    public KeyFailure[] Take(int chunk)
    {
        if (!_hasBegun)
        {
            (_hasBegun, _hasNext) = (true, _found.MoveNext());
        }

        var taken = new List<KeyFailure>();
        while (_hasNext && KeyEntry.ChunkOf(_found.Current.Position) == chunk)
        {
            var (position, first) = _found.Current;
            taken.Add(new(
                KeyEntry.RecordOf(position),
                sets[KeyEntry.SetOf(position)].Rule,
                first == position ? 0 : tally.RowOf(KeyEntry.ChunkOf(first)) + KeyEntry.RecordOf(first)));
            _hasNext = _found.MoveNext();
        }

        return [.. taken];
    }

    public void Dispose() => _found.Dispose();
}
