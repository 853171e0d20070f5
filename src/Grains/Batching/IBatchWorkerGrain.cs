namespace Armature.Batching;

/// <summary>One activation is one slot of a silo: it runs what waits there for one handler. The key is the handler's name.</summary>
[Alias("armature.batching.batch-worker")]
internal interface IBatchWorkerGrain : IGrainWithStringKey
{
    /// <summary>Runs items until none waits. Lasts as long as its items, so no timeout ends it (a week).</summary>
    [Alias("work"), ResponseTimeout("7.00:00:00")]
    Task WorkAsync();
}
