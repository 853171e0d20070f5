using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Armature.Caching;

/// <summary>
/// Knows which copies of entries may no longer be right. While copies are in use it asks the cluster again and again what was changed;
/// each time that it was told is a round. A copy is good when nothing of its key was heard of since the round before it was read, and
/// the last round is not too long ago. One for a process; thread-safe.
/// </summary>
internal sealed partial class ChangeFeed(ICacheFeed source, TimeProvider time, ILogger<ChangeFeed> logger) : IDisposable
{
    private const int Never = int.MaxValue;

    // Without a reader for so long, nobody is asked any more.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FailurePause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();

    // The round at which a change was heard of, by the slot of the key and by partition.
    private readonly int[] _slots = new int[CacheHash.Slots];
    private readonly int[] _partitions = NewPartitions();
    private readonly SiloAddress?[] _holders = new SiloAddress?[CacheLimits.Partitions];

    private ImmutableDictionary<SiloAddress, long> _positions = ImmutableDictionary<SiloAddress, long>.Empty;
    private int _all;
    private int _round;
    private long _asOf;
    private long _usedAt;
    private long _intervalTicks = long.MaxValue;
    private bool _isRunning;

    /// <summary>True once copies were used in this process.</summary>
    public bool IsInUse => Volatile.Read(ref _usedAt) != 0;

    /// <summary>The rounds so far.</summary>
    public int Round => Volatile.Read(ref _round);

    /// <summary>Whether copies may be used at all: everything that was acknowledged so long ago has been heard of.</summary>
    public bool IsFresh(TimeSpan staleness)
    {
        Use(staleness);
        return Round > 0 && time.GetElapsedTime(Volatile.Read(ref _asOf)) < staleness;
    }

    /// <summary>Whether a copy is right still.</summary>
    /// <param name="hash">The hash of its key.</param>
    /// <param name="round">The <see cref="Round"/> when the cluster was asked for it.</param>
    public bool IsGood(ulong hash, int round) =>
        Volatile.Read(ref _slots[CacheHash.SlotOf(hash)]) <= round
        && Volatile.Read(ref _partitions[CacheHash.PartitionOf(hash)]) <= round
        && Volatile.Read(ref _all) <= round;

    /// <summary>This process has changed an entry, or may have: to be called when the cluster has answered.</summary>
    public void OnChanged(ulong hash) => Raise(ref _slots[CacheHash.SlotOf(hash)], Round + 1);

    /// <summary>This process has changed entries that it cannot name.</summary>
    public void OnAllChanged() => Raise(ref _all, Round + 1);

    public void Dispose() => _stop.Cancel();

    // What another thread heard of later must not be taken back.
    private static void Raise(ref int target, int round)
    {
        var seen = Volatile.Read(ref target);
        while (seen < round)
        {
            var before = Interlocked.CompareExchange(ref target, round, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static int[] NewPartitions()
    {
        var partitions = new int[CacheLimits.Partitions];
        Array.Fill(partitions, Never);
        return partitions;
    }

    private void Use(TimeSpan staleness)
    {
        Volatile.Write(ref _usedAt, time.GetTimestamp());
        if (Volatile.Read(ref _isRunning) && staleness.Ticks / 4 >= Volatile.Read(ref _intervalTicks))
        {
            return;
        }

        lock (_lock)
        {
            _intervalTicks = Math.Min(_intervalTicks, staleness.Ticks / 4);
            if (!_isRunning && !_stop.IsCancellationRequested)
            {
                _isRunning = true;
                _ = FollowAsync(_stop.Token);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!TryEnd())
        {
            var pause = TimeSpan.FromTicks(Volatile.Read(ref _intervalTicks));
            try
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // the cluster is asked again; until it answers, copies are not used
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogUnanswered(logger, exception);
                pause = FailurePause;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryEnd()
    {
        lock (_lock)
        {
            _isRunning = !_stop.IsCancellationRequested && time.GetElapsedTime(_usedAt) < Idle;
            return !_isRunning;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var asOf = time.GetTimestamp();
        var answers = await source.ReadAsync(_positions, cancellationToken).ConfigureAwait(false);
        Take(answers, Round + 1);
        Volatile.Write(ref _asOf, asOf);
        Volatile.Write(ref _round, Round + 1);
    }

    private void Take(ImmutableArray<CacheChanges> answers, int round)
    {
        var holders = new SiloAddress?[CacheLimits.Partitions];
        foreach (var changes in answers)
        {
            foreach (var slot in changes.Slots)
            {
                Raise(ref _slots[slot], round);
            }

            foreach (var partition in changes.Partitions)
            {
                holders[partition] = changes.Silo;
            }
        }

        var incomplete = answers.Where(changes => !changes.IsComplete).Select(changes => changes.Silo).ToHashSet();
        for (var partition = 0; partition < holders.Length; partition++)
        {
            var holder = holders[partition];
            if (holder is null)
            {
                Volatile.Write(ref _partitions[partition], Never);
            }
            else if (!holder.Equals(_holders[partition]) || incomplete.Contains(holder))
            {
                Volatile.Write(ref _partitions[partition], round);
            }

            _holders[partition] = holder;
        }

        // One that did not answer this time is asked from where it was, and says so when that is too long ago.
        _positions = _positions.SetItems(answers.Select(changes => KeyValuePair.Create(changes.Silo, changes.Position)));
        if (_positions.Count > 2 * answers.Length)
        {
            _positions = answers.ToImmutableDictionary(changes => changes.Silo, changes => changes.Position);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The cluster did not say what was changed in its caches; copies of entries are not used meanwhile")]
    private static partial void LogUnanswered(ILogger logger, Exception exception);
}
