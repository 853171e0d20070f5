namespace Armature.Images;

/// <summary>
/// Makes the variants of a plan from the bytes of one image. The seam for image libraries: whatever implements it must pass
/// the contract tests of <c>tests/ImageWorker.Tests</c>.
/// </summary>
/// <remarks>Implementations are thread-safe. They never open paths or names: an image is its bytes.</remarks>
public interface IImageProcessor
{
    /// <summary>Decodes the source once and makes every variant from it.</summary>
    /// <param name="source">The encoded image. It must not change before the task has ended.</param>
    /// <param name="plan">What to make of it. Its presets are expanded already.</param>
    /// <param name="cancellationToken">Ends the call. Whether it stops a decoder that runs depends on the implementation.</param>
    /// <returns>One output a variant, in the plan's order.</returns>
    /// <exception cref="ImageException">The image or the plan could not be processed; the code says why.</exception>
    Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken);
}
