namespace Armature.Hosting;

/// <summary>
/// Categories whose warnings and errors say nothing that an operator can act on, and do it with pages of stack traces whenever a
/// member dies or stops. What matters of such an event is said by others: membership, the lease, the batches.
/// </summary>
internal static class OrleansNoise
{
    /// <summary>The categories, and from which level on they are still heard in a host of ours that has no streams but those of batch events.</summary>
    public static IReadOnlyList<(string Category, LogLevel Level)> Filters { get; } =
    [
        ("Polly", LogLevel.Error), // Retries, which mostly succeed.
        ("Orleans.Streams", LogLevel.Critical), // Batch events in memory are best effort.
        ("Orleans.Providers.MemoryAdapterReceiver", LogLevel.Critical), // Reads its queue into the stop.
        ("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Error), // Says that the shutdown budget was used up.
        ("Orleans.Runtime.InsideRuntimeClient", LogLevel.Error), // Could not answer a caller who is gone.
    ];
}
