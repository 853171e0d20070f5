namespace Armature.Storage;

/// <summary>
/// Small records of one owner, fenced: the second of the two seams through which anything outlives a process. Records lie in
/// partitions; a partition has one owner at a time, who holds its epoch. Partition names and keys are those that
/// <see cref="RecordName"/> allows; every method throws <see cref="ArgumentException"/> for another.
/// </summary>
/// <remarks>
/// A call that fails with a <see cref="RecordStoreException"/> may have been applied all the same: its acknowledgement can be
/// lost. Every call may be repeated; what is repeated has the effect of one call.
/// Reading needs no epoch and never takes the partition from its owner.
/// </remarks>
public interface IRecordStore
{
    /// <summary>Where the records are, for messages and logs. It holds no secret.</summary>
    string Location { get; }

    /// <summary>Takes a partition over, and makes it when there is none.</summary>
    /// <returns>
    /// An epoch higher than any that this store has ever given, for whatever partition: so also one that was deleted and made
    /// anew is safe from its former owners. All older epochs of the partition are invalid from now on.
    /// </returns>
    Task<long> OpenAsync(string partition, CancellationToken cancellationToken);

    /// <summary>Applies changes, all or none, in their order; when it returns they survive the process and its machine's power.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="epoch">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="changes">At most <see cref="RecordLimits.MaxCommitChanges"/> and <see cref="RecordLimits.MaxCommitBytes"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the changes may be applied or not.</param>
    /// <exception cref="FencedException">The epoch is not the partition's: another has taken it over, or it was deleted. Nothing was changed.</exception>
    /// <exception cref="RecordLimitException">A limit was exceeded. Nothing was changed.</exception>
    Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken);

    /// <summary>Reads records by key: as many answers as keys, in their order, null where there is none.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// The records whose keys start with a prefix, in no order, each once. Those changed meanwhile may be there in either form or
    /// not at all; an owner who changes nothing while it scans reads exactly what is there.
    /// </summary>
    IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken);

    /// <summary>The names of the partitions that start with a prefix, in no order, each once.</summary>
    IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a partition with all its records. One that is not there is no error.</summary>
    /// <exception cref="FencedException">The epoch is not the partition's. Nothing was changed.</exception>
    Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken);
}
