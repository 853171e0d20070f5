using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>Finds the plan of a job, and keeps the plans that came through the blob store, so that a large one is read once a silo.</summary>
internal sealed class ImagePlanReader(Serializer<ImagePlan> serializer, IBlobStore blobs, ImagePresets presets)
{
    private const int MaxKept = 16;
    private const int MaxPlanBytes = 64 << 20;

    private readonly SingleFlight<string, KeyedImagePlan> _reads = new();
    private readonly Lock _lock = new();

    // Guarded by _lock. The most recently used is the last.
    private readonly LinkedList<KeyedImagePlan> _kept = new();

    /// <exception cref="ImageException">There is no such plan any more, or it names a preset that is not known.</exception>
    public async ValueTask<KeyedImagePlan> ReadAsync(ImageJob job, CancellationToken cancellationToken) => job switch
    {
        { Plan: { } plan } => new(ImagePlanReference.HashOf(serializer.SerializeToArray(plan)), presets.Expand(plan)),
        { PlanReference: { } reference } => FindKept(reference.Hash) ?? await _reads.RunAsync(
            reference.Hash, token => LoadAsync(reference, token), cancellationToken),
        _ => throw new ImageException(ImageErrorCodes.PlanMissing, "The job has no plan."),
    };

    private async Task<KeyedImagePlan> LoadAsync(ImagePlanReference reference, CancellationToken cancellationToken)
    {
        // Kept since the caller looked: the flight that loaded it has ended in between.
        if (FindKept(reference.Hash) is { } kept)
        {
            return kept;
        }

        var bytes = await blobs.GetAsync(reference.BlobName, MaxPlanBytes, cancellationToken);
        if (bytes is null || ImagePlanReference.HashOf(bytes) != reference.Hash || serializer.Deserialize(bytes) is not { } plan)
        {
            throw new ImageException(
                ImageErrorCodes.PlanMissing,
                $"The plan {reference.BlobName} is not in the blob store: it was pruned with its batch, or the store is another one.");
        }

        var loaded = new KeyedImagePlan(reference.Hash, presets.Expand(plan));
        Keep(loaded);
        return loaded;
    }

    private KeyedImagePlan? FindKept(string hash)
    {
        lock (_lock)
        {
            for (var node = _kept.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Key == hash)
                {
                    _kept.Remove(node);
                    _kept.AddLast(node);
                    return node.Value;
                }
            }
        }

        return null;
    }

    private void Keep(KeyedImagePlan plan)
    {
        lock (_lock)
        {
            _kept.AddLast(plan);
            if (_kept.Count > MaxKept)
            {
                _kept.RemoveFirst();
            }
        }
    }
}
