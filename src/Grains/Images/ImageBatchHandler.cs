using Armature.Batching;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Options;

namespace Armature.Images;

/// <summary>The batch handler of image jobs. The same picture with the same plan is processed once for all jobs that run at the time.</summary>
internal sealed class ImageBatchHandler(
    ImagePlanReader plans, ImageGuard guard, IImageProcessor processor, IBlobStore blobs, IOptions<ArmatureOptions> options)
    : IBatchHandler<ImageJob, ImageResult>
{
    private readonly SingleFlight<(ImageSource Source, string Plan), ImageResult> _flights = new();
    private readonly int _maxSourceBytes = options.Value.Images.MaxSourceBytes;

    public async ValueTask<ImageResult> HandleAsync(ImageJob job, BatchItemContext context, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await plans.ReadAsync(job, cancellationToken);
            return await _flights.RunAsync((job.Source, plan.Key), token => ProcessAsync(job.Source, plan.Plan, token), cancellationToken);
        }
        catch (ImageException e)
        {
            throw e.ToItemFailure(context);
        }
    }

    private async Task<ImageResult> ProcessAsync(ImageSource source, ImagePlan plan, CancellationToken cancellationToken)
    {
        var bytes = source.Bytes ?? await ReadAsync(source.BlobName!, cancellationToken);
        return await processor.ProcessAsync(guard.Admit(bytes, plan), plan, cancellationToken);
    }

    private async Task<byte[]> ReadAsync(string blobName, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.GetAsync(blobName, _maxSourceBytes, cancellationToken) ?? throw new ImageException(
                ImageErrorCodes.SourceMissing, $"There is no blob {blobName} in the store of this cluster.");
        }
        catch (BlobTooLargeException e)
        {
            throw new ImageException(
                ImageErrorCodes.SourceTooLarge,
                $"The source {blobName} has {e.Length:N0} bytes; at most {_maxSourceBytes:N0} are read (Images.MaxSourceBytes).");
        }
    }
}
