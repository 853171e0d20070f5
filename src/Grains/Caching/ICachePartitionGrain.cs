namespace Armature.Caching;

/// <summary>One activation is the ownership of one partition: the silo that it is on answers for the partition. Key: the partition's number.</summary>
[Alias("armature.caching.partition")]
internal interface ICachePartitionGrain : IGrainWithIntegerKey
{
    /// <summary>The silo that answers for the partition. If none did, one does now.</summary>
    [Alias("locate"), ResponseTimeout("00:00:05")]
    Task<SiloAddress> LocateAsync(CancellationToken cancellationToken);

    /// <summary>Moves the ownership to another silo, which has the partition's entries. Nothing happens when this is not the move that is under way.</summary>
    [Alias("move"), ResponseTimeout("00:00:05")]
    Task MoveAsync(SiloAddress target, CacheHandover handover, CancellationToken cancellationToken);
}
