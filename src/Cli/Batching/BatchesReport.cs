namespace Armature.Batching;

/// <summary>What <c>armature batches list --json</c> tells.</summary>
/// <param name="Batches">The batches, the newest first.</param>
internal sealed record BatchesReport(IReadOnlyList<BatchLine> Batches);
