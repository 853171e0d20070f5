using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>Gives a plan its way to the silos: inside of every job when it is small, once through the blob store when it is not.</summary>
internal sealed class ImagePlanSender(Serializer<ImagePlan> serializer, IBlobStore blobs)
{
    /// <summary>A plan without pictures in it stays under this.</summary>
    private const int MaxInlineBytes = 4 << 10;

    /// <returns>What makes a job of a source.</returns>
    /// <exception cref="ImageException">The plan breaks a rule.</exception>
    public async Task<Func<ImageSource, ImageJob>> SendAsync(ImagePlan plan, string batchId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        var bytes = serializer.SerializeToArray(plan);
        if (bytes.Length <= MaxInlineBytes)
        {
            return source => new() { Source = source, Plan = plan };
        }

        var hash = ImagePlanReference.HashOf(bytes);
        var reference = new ImagePlanReference($"batches/{batchId}/plan-{hash}", hash);
        await blobs.PutAsync(reference.BlobName, bytes, cancellationToken).ConfigureAwait(false);
        return source => new() { Source = source, PlanReference = reference };
    }
}
