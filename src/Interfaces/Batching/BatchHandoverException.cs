using Armature.Storage;

namespace Armature.Batching;

/// <summary>
/// A durable batch is passing from one silo to another, or its records cannot be read or written just now; then the inner exception is
/// the <see cref="RecordStoreException"/> that says why. Nothing is lost: call again in a moment. The client does so by itself.
/// </summary>
[GenerateSerializer, Alias("armature.batching.batch-handover-exception")]
public sealed class BatchHandoverException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchHandoverException(string batchId, Exception? innerException = null)
        : base(Describe(batchId, innerException), innerException) => BatchId = batchId;

    /// <summary>The batch.</summary>
    [Id(0)]
    public string BatchId { get; }

    private static string Describe(string batchId, Exception? reason) => reason is RecordStoreException
        ? $"Batch {batchId} waits for its records, which cannot be read or written. {reason.Message} Nothing that was acknowledged is lost; call again when that is mended."
        : $"Batch {batchId} is passing from one silo to another. Nothing is lost; call again in a moment.";
}
