namespace Armature.Caching;

/// <summary>
/// Entries behind the memory of all silos, for what memory has no room for and what a silo takes with it when it dies. One silo at a
/// time writes the entries of a partition: the one whose epoch is the last. Thread-safe.
/// </summary>
/// <remarks>
/// Every method throws <see cref="CacheTierException"/> when the tier did not answer; what was asked may have been done all the same,
/// and may still be done much later. A write that comes late is refused once its partition has been opened again.
/// </remarks>
public interface ICacheTier
{
    /// <summary>Where it is, for messages; no password.</summary>
    string Location { get; }

    /// <summary>Draws the next epoch of a partition, higher than all before and never below the tier's clock in milliseconds: writes of older ones are refused from now on.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="owner">Who opens it.</param>
    /// <param name="expected">The epoch that is to be the last one; null opens whatever it is.</param>
    /// <param name="cancellationToken">Ends the wait only.</param>
    /// <returns>What is known of the partition; null when another epoch has been drawn than the expected one.</returns>
    Task<TierOpening?> OpenAsync(int partition, string owner, long? expected, CancellationToken cancellationToken);

    /// <summary>Says that the owner answers for what the tier has of the partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="owner">Who opened it.</param>
    /// <param name="epoch">Under which epoch.</param>
    /// <param name="isVoid">True when all entries and barriers of older epochs count no more.</param>
    /// <param name="cancellationToken">Ends the wait only.</param>
    /// <returns>False when a later epoch has been drawn.</returns>
    Task<bool> AdoptAsync(int partition, string owner, long epoch, bool isVoid, CancellationToken cancellationToken);

    /// <summary>Says that everything the owner has acknowledged is in the tier, and that it writes no more. Nothing happens when a later epoch has been drawn.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="successor">Who answers for it from now on, and is the last owner until it opens the partition; empty for nobody.</param>
    /// <param name="cancellationToken">Ends the wait only.</param>
    Task ReleaseAsync(int partition, long epoch, string successor, CancellationToken cancellationToken);

    /// <summary>Says who can tell of an owner that is dead whether it ever acknowledged what the tier did not get.</summary>
    Task RecordWitnessesAsync(string owner, IReadOnlyList<string> witnesses, CancellationToken cancellationToken);

    /// <summary>Reads some keys, from the first on as many as there is room for in one reply.</summary>
    /// <param name="keys">The keys, each with its cache's name.</param>
    /// <param name="cancellationToken">Ends the wait only.</param>
    Task<TierPage> ReadAsync(IReadOnlyList<ReadOnlyMemory<byte>> keys, CancellationToken cancellationToken);

    /// <summary>Writes in order, all at once; not those of partitions in which a later epoch has been drawn, or whose state was lost.</summary>
    /// <param name="writes">At most a few thousand, of a few mebibytes together.</param>
    /// <param name="cancellationToken">Ends the wait only.</param>
    /// <returns>The partitions that were refused; empty when all was written.</returns>
    Task<IReadOnlyList<int>> WriteAsync(IReadOnlyList<TierWrite> writes, CancellationToken cancellationToken);

    /// <summary>Returns when the tier answers, and takes writes.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>Finds out why the tier does not answer, on a way of its own: a call that took too long says nothing of that.</summary>
    /// <param name="cancellationToken">Ends the wait only.</param>
    /// <returns>Why; null when it would answer now.</returns>
    Task<CacheTierException?> FindProblemAsync(CancellationToken cancellationToken);
}
