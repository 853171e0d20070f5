namespace Armature.Batching;

/// <summary>How many items of one handler a silo works on at a time.</summary>
public readonly record struct BatchCapacity
{
    private BatchCapacity(BatchCapacityKind kind, int count)
    {
        Kind = kind;
        Count = count;
    }

    /// <summary>As many as the silo's <c>CpuThreads</c>: for work that computes.</summary>
    public static BatchCapacity Cpu { get; } = new(BatchCapacityKind.Cpu, 0);

    /// <summary>
    /// One more than the silo's <c>CpuThreads</c>: for work that child processes compute, one on each thread. While they do, the
    /// next item is read and made ready, and none of them waits for it.
    /// </summary>
    public static BatchCapacity CpuAndOne { get; } = new(BatchCapacityKind.CpuAndOne, 0);

    /// <summary>As many as the silo's <c>IoConcurrency</c>: for work that waits.</summary>
    public static BatchCapacity Io { get; } = new(BatchCapacityKind.Io, 0);

    /// <summary>Where the number comes from.</summary>
    public BatchCapacityKind Kind { get; }

    /// <summary>The number, when <see cref="Kind"/> is <see cref="BatchCapacityKind.Fixed"/>; otherwise 0.</summary>
    public int Count { get; }

    /// <summary>A number of the handler's own: the size of a connection or process pool, say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to 4,096.</exception>
    public static BatchCapacity Fixed(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 4096);
        return new(BatchCapacityKind.Fixed, count);
    }
}
