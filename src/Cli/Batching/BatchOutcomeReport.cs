using Armature.Reporting;

namespace Armature.Batching;

/// <summary>What <c>armature batches watch</c> tells at the end of the batch.</summary>
internal sealed record BatchOutcomeReport : BatchReport
{
    /// <summary>The batch's id.</summary>
    public required string Id { get; init; }

    /// <summary>How it ended.</summary>
    public required string State { get; init; }

    /// <summary>Why it ended before every item was done; null when it did not.</summary>
    public required string? Reason { get; init; }

    /// <summary>How many items failed. The list has fewer when the results were dropped already.</summary>
    public required int FailedCount { get; init; }

    protected override long FailedItems => FailedCount;
}
