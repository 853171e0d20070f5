using System.Globalization;
using Armature.Reporting;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Reads the errors of a batch whose results are of a type that this command does not know.</summary>
internal sealed class BatchFailures(IGrainFactory grains, Serializer<ItemError> errors)
{
    /// <summary>The failed items of an ended batch, named by their index and in its order; none when its results were dropped already.</summary>
    public async Task<IReadOnlyList<FailedItem>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var batch = grains.GetGrain<IBatchGrain>(id);
        var failed = new List<FailedItem>();
        try
        {
            for (var cursor = 0; ;)
            {
                var page = await batch.ReadResultsAsync(cursor, cancellationToken);
                if (page.Entries.IsEmpty)
                {
                    return InOrder(failed);
                }

                failed.AddRange(page.Entries.SelectMany(ErrorsIn));
                cursor = page.NextCursor;
            }
        }
        catch (BatchNotFoundException)
        {
            return InOrder(failed);
        }
    }

    private static List<FailedItem> InOrder(List<FailedItem> failed) => [.. failed.OrderBy(item => item.Index)];

    private IEnumerable<FailedItem> ErrorsIn(PackedEntries entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries.Kinds[i] is EntryKind.Error && errors.Deserialize(entries[i]) is { } error)
            {
                var index = entries.Indices[i];
                yield return new FailedItem(index.ToString(CultureInfo.InvariantCulture), error.Code, error.Message) { Index = index };
            }
        }
    }
}
