namespace Armature.Caching;

/// <summary>
/// Which partitions a silo holds, and the numbers of their writes. Whoever reads or writes entries is inside the gate meanwhile, beside
/// others; a partition's state changes only while nobody is, so that no write is under way when a partition is handed over. Thread-safe.
/// </summary>
internal sealed class PartitionTable : IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly PartitionState[] _states = new PartitionState[CacheLimits.Partitions];
    private readonly long[] _versions = new long[CacheLimits.Partitions];

    /// <summary>The partitions that this silo answers for.</summary>
    public IEnumerable<int> Held => Enumerable.Range(0, CacheLimits.Partitions).Where(IsHeld);

    /// <summary>True while somebody waits until nobody reads or writes.</summary>
    public bool IsWaitedFor => _gate.WaitingWriteCount > 0;

    public void Enter() => _gate.EnterReadLock();

    public void Exit() => _gate.ExitReadLock();

    /// <summary>Whether this silo answers for a partition. Outside the gate it may no longer be true.</summary>
    public bool IsHeld(int partition) => _states[partition] == PartitionState.Held;

    /// <summary>Whether this silo has nothing to do with a partition.</summary>
    public bool IsNotHeld(int partition) => _states[partition] == PartitionState.NotHeld;

    /// <summary>The number of a partition's last write.</summary>
    public ref long VersionOf(int partition) => ref _versions[partition];

    /// <summary>Returns when every read and write that is under way now has ended.</summary>
    public void WaitForAll()
    {
        _gate.EnterWriteLock();
        _gate.ExitWriteLock();
    }

    /// <summary>Lets this silo answer for a partition; its writes are numbered from <paramref name="version"/> on, or higher.</summary>
    public void Hold(int partition, long version)
    {
        _gate.EnterWriteLock();
        _versions[partition] = Math.Max(_versions[partition], version);
        _states[partition] = PartitionState.Held;
        _gate.ExitWriteLock();
    }

    /// <summary>Moves a partition on from one state to another.</summary>
    /// <returns>False when it is not in that state.</returns>
    public bool TryChange(int partition, PartitionState from, PartitionState to)
    {
        _gate.EnterWriteLock();
        var isChanged = _states[partition] == from;
        if (isChanged)
        {
            _states[partition] = to;
        }

        _gate.ExitWriteLock();
        return isChanged;
    }

    public void Dispose() => _gate.Dispose();
}
