namespace Armature.Batching;

/// <summary>Where a batch is in its life.</summary>
public enum BatchState
{
    /// <summary>Items arrive or run.</summary>
    Running,

    /// <summary>Every item has a result or an error.</summary>
    Completed,

    /// <summary>It was cancelled; items that were not done have the error <see cref="ItemErrorCodes.Cancelled"/>.</summary>
    Cancelled,

    /// <summary>It could not go on as a whole; <see cref="BatchStatus.Failure"/> says why.</summary>
    Failed,
}
