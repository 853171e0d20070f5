using System.Runtime.CompilerServices;
using Armature.Batching;
using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>Processes images on every core of every silo. Thread-safe.</summary>
public sealed class ImageClient
{
    private readonly BatchClient _batches;
    private readonly ImagePlanSender _plans;

    /// <summary>Creates the client; done by the container.</summary>
    public ImageClient(BatchClient batches, Serializer serializer, IBlobStore blobs)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        _batches = batches;
        _plans = new(serializer.GetSerializer<ImagePlan>(), blobs);
    }

    /// <summary>
    /// Makes the variants of a plan from every image, each decoded once. The same image given twice is sent and processed once.
    /// Cancelling the token cancels the batch.
    /// </summary>
    /// <param name="sources">The images.</param>
    /// <param name="plan">What to make of each.</param>
    /// <param name="options">The batch's id, timeout and attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the batch.</param>
    /// <returns>
    /// For each image, in the order of <paramref name="sources"/>, its outputs or its error, whose code is one of
    /// <see cref="ImageErrorCodes"/> or <see cref="ItemErrorCodes"/>.
    /// </returns>
    /// <exception cref="ImageException">The plan breaks a rule; the code is <see cref="ImageErrorCodes.PlanInvalid"/>.</exception>
    /// <inheritdoc cref="BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public async Task<BatchResult<ImageResult>> ProcessAsync(
        IReadOnlyList<ImageSource> sources, ImagePlan plan, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options = WithId(options);
        var toJob = await _plans.SendAsync(plan, options.Id!, cancellationToken).ConfigureAwait(false);
        var distinct = new DistinctSources(sources);
        var result = await _batches.RunAsync<ImageJob, ImageResult>(
            ImageJob.HandlerName, [.. distinct.Sources.Select(toJob)], options, cancellationToken).ConfigureAwait(false);
        return distinct.Spread(result);
    }

    /// <summary>
    /// Makes the variants of a plan from images that are still being read, and gives the results as they are done. Images are read
    /// no faster than they are worked on. Cancelling the token, or leaving the loop, cancels the batch.
    /// </summary>
    /// <param name="sources">The images.</param>
    /// <param name="plan">What to make of each.</param>
    /// <param name="options">The batch's id, timeout and attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the batch.</param>
    /// <returns>What became of each image, as it is done; its index is the image's place in <paramref name="sources"/>.</returns>
    /// <inheritdoc cref="ProcessAsync" path="/exception"/>
    public async IAsyncEnumerable<BatchItem<ImageResult>> StreamAsync(
        IAsyncEnumerable<ImageSource> sources,
        ImagePlan plan,
        BatchOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options = WithId(options);
        var toJob = await _plans.SendAsync(plan, options.Id!, cancellationToken).ConfigureAwait(false);
        var results = _batches.StreamAsync<ImageJob, ImageResult>(ImageJob.HandlerName, sources.Select(toJob), options, cancellationToken);
        await foreach (var item in results.ConfigureAwait(false))
        {
            yield return item;
        }
    }

    /// <summary>The plan's blob is named for the batch, and pruned with it.</summary>
    private static BatchOptions WithId(BatchOptions? options) => new()
    {
        Id = options?.Id ?? Guid.CreateVersion7().ToString("N"),
        ItemTimeout = options?.ItemTimeout,
        MaxAttempts = options?.MaxAttempts,
        Durable = options?.Durable ?? false,
    };
}
