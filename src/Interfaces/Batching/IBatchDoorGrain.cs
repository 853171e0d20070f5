using System.Collections.Immutable;

namespace Armature.Batching;

/// <summary>One activation is a door through which a client asks the whole cluster about its batches. The key is always 0.</summary>
[Alias("armature.batching.batch-door")]
public interface IBatchDoorGrain : IGrainWithIntegerKey
{
    /// <summary>Batches that run, and those that ended and are still kept, the newest first; at most 1,000 from each silo.</summary>
    [Alias("list"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<BatchStatus>> ListAsync(CancellationToken cancellationToken);
}
