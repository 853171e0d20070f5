using Armature.Batching;

namespace Armature.Images;

/// <summary>The images of a call without repetitions, and the way back to the caller's order.</summary>
internal sealed class DistinctSources
{
    private readonly int[] _places;

    public DistinctSources(IReadOnlyList<ImageSource> sources)
    {
        var seen = new Dictionary<ImageSource, int>(sources.Count);
        _places = new int[sources.Count];
        for (var i = 0; i < sources.Count; i++)
        {
            if (!seen.TryGetValue(sources[i], out _places[i]))
            {
                _places[i] = seen.Count;
                seen.Add(sources[i], seen.Count);
            }
        }

        Sources = [.. seen.Keys];
    }

    public IReadOnlyList<ImageSource> Sources { get; }

    public BatchResult<ImageResult> Spread(BatchResult<ImageResult> result) => new(
        result.BatchId,
        result.State,
        [.. _places.Select((place, i) => result[place] is { IsSuccess: true } done ? new(i, done.Value) : new BatchItem<ImageResult>(i, result[place].Error!))]);
}
