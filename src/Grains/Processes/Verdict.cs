namespace Armature.Processes;

/// <summary>Why a child ends, decided once.</summary>
/// <param name="Cause">For programs.</param>
/// <param name="Reason">For people, after "the child process".</param>
internal sealed record Verdict(ProcessDeathCause Cause, string Reason)
{
    internal static Verdict Exited { get; } = new(ProcessDeathCause.Exited, "ended while it had this request");

    internal static Verdict Neighbour { get; } = new(ProcessDeathCause.NeighbourKilled, "was killed for another request that it had at the same time");

    internal static Verdict PoolStopped { get; } = new(ProcessDeathCause.PoolStopped, "was killed because its pool was stopped before this request was done");

    /// <summary>Not killed: it was told to end, with no request left.</summary>
    internal static Verdict Retired { get; } = new(ProcessDeathCause.PoolStopped, "was retired");

    internal static Verdict Deadline(TimeSpan limit) =>
        new(ProcessDeathCause.DeadlineExceeded, $"was killed because this request was not done within {limit.TotalSeconds:0.###} seconds");

    internal static Verdict Memory(long resident, long limit) =>
        new(ProcessDeathCause.MemoryLimitExceeded, $"was killed because it held {resident >> 20:N0} MiB of memory, and {limit >> 20:N0} MiB are allowed");

    internal static Verdict Malformed(FrameException exception) =>
        new(ProcessDeathCause.MalformedOutput, $"was killed because of what it wrote: {exception.Message}");
}
