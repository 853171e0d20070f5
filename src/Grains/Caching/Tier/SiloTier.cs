using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Caching.Tier;

/// <summary>What lies behind the cache, as one silo uses it. Thread-safe.</summary>
internal sealed class SiloTier : IDisposable
{
    // Partitions that are opened at a time.
    private const int AtATime = 16;

    // So often the silo says who can tell of it, also when that has not changed.
    private static readonly TimeSpan WitnessPeriod = TimeSpan.FromHours(1);

    private readonly TierPartition[] _partitions;
    private readonly TierOpener _opener;
    private readonly SemaphoreSlim _telling = new(1);
    private readonly TimeProvider _time;
    private IReadOnlyList<string>? _recorded;
    private long _recordedAt;

    public SiloTier(
        ICacheTier tier, ICacheSilos silos, NamedCaches caches, CacheState state, MembershipLease lease, TierLimits limits, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _partitions = [.. Enumerable.Range(0, CacheLimits.Partitions).Select(number => new TierPartition(number, limits))];
        Link = new(tier, limits, time, loggers.CreateLogger<TierLink>());
        Witness = new(silos, time);
        Writer = new(Link, () => caches.Stores[0].Now);
        _opener = new(Link, Writer, Witness, caches, state, lease, time, loggers.CreateLogger<TierOpener>());
    }

    public TierLink Link { get; }

    public TierWriter Writer { get; }

    public TierWitness Witness { get; }

    /// <summary>Partitions of this silo that the tier is not asked for and not written now.</summary>
    public int CutPartitions => _partitions.Count(IsCut);

    /// <summary>Keys whose entries the tier lacks.</summary>
    public long UnsavedKeys => _partitions.Sum(partition => (long)partition.Unsaved);

    /// <summary>How it stands.</summary>
    public CacheTierStatistics Statistics
    {
        get
        {
            var (outage, cut) = (Link.Outage, CutPartitions);
            return new()
            {
                Location = Link.Location,
                State = (outage, cut) switch
                {
                    ({ Error.Fault: CacheTierFault.Full }, _) => CacheTierState.Full,
                    ({ }, _) => CacheTierState.Away,
                    (_, > 0) => CacheTierState.CatchingUp,
                    _ => CacheTierState.Working,
                },
                Since = outage?.Since,
                Problem = outage?.Error.Message,
                UnsavedKeys = UnsavedKeys,
                PartitionsFromMemory = cut,
            };
        }
    }

    public TierPartition this[int partition] => _partitions[partition];

    /// <summary>Begins the part of a request that the tier has in it.</summary>
    public TierCall Begin(NamedCache cache) => new(this, cache, _time, isDeferred: false);

    /// <summary>Begins a request that waits for nothing: keys that the tier would be asked for are left as if they were not here.</summary>
    public TierCall BeginDeferred(NamedCache cache) => new(this, cache, _time, isDeferred: true);

    /// <summary>Begins to answer for a partition: opens it, or goes on without the tier when it does not answer.</summary>
    public async Task TakeAsync(int partition, CancellationToken cancellationToken)
    {
        lock (_partitions[partition].Lock)
        {
            _partitions[partition].Take();
        }

        await RecordWitnessesAsync();
        await _opener.TryOpenAsync(_partitions[partition], cancellationToken);
    }

    /// <summary>Returns when no change of a partition is on its way. None may begin meanwhile.</summary>
    public Task DrainAsync(int partition) => _partitions[partition].DrainAsync();

    /// <summary>Answers for a partition no more: lets whoever has it next trust the tier, when it has everything.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="successor">The silo that it goes to; null when none is known.</param>
    public async Task GiveUpAsync(int partition, SiloAddress? successor)
    {
        long? released;
        lock (_partitions[partition].Lock)
        {
            released = _partitions[partition].GiveUp();
        }

        if (released is not { } epoch)
        {
            return;
        }

        try
        {
            await Link.TellAsync((tier, token) => tier.ReleaseAsync(partition, epoch, successor?.ToParsableString() ?? string.Empty, token));
        }
        catch (CacheTierException)
        {
            // Whoever has it next asks the witnesses.
        }
    }

    /// <summary>Tells all silos that the tier is behind in partitions of this one; returns at once when they know.</summary>
    /// <exception cref="TimeoutException">One does not hear it.</exception>
    public async Task TellBehindAsync(IReadOnlyList<TierPartition> partitions)
    {
        if (partitions.All(IsKnown))
        {
            return;
        }

        await _telling.WaitAsync();
        try
        {
            // Others that are away as well are told of in the same breath.
            var untold = _partitions.Where(partition => IsCut(partition) || partitions.Contains(partition)).Where(partition => !IsKnown(partition)).ToList();
            if (untold.Count > 0)
            {
                await Witness.TellAsync(untold);
            }
        }
        finally
        {
            _telling.Release();
        }
    }

    /// <summary>Asks the tier for the first time, which takes longer than later on.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => Link.WarmUpAsync(cancellationToken);

    /// <summary>Once a second.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        CachingInstruments.OnTierLookedAfter(UnsavedKeys, CutPartitions);
        await Witness.GreetAsync();
        if (!await Link.TryReturnAsync())
        {
            return;
        }

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var partition in _partitions)
        {
            lock (partition.Lock)
            {
                partition.CutIfBlamed(now);
            }
        }

        await CheckAsync();
        var cut = _partitions.Where(IsCut).ToList();
        if (cut.Count > 0)
        {
            // The tier may have lost what it knew, and with it who can tell of this silo.
            _recorded = null;
        }

        await RecordWitnessesAsync();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(cut, options, async (partition, token) =>
        {
            if (!Link.IsOut)
            {
                await _opener.TryReopenAsync(partition, token);
            }
        });
    }

    public void Dispose() => _telling.Dispose();

    private static bool IsKnown(TierPartition partition)
    {
        lock (partition.Lock)
        {
            return partition.IsTold || !partition.IsBehind;
        }
    }

    private static bool IsCut(TierPartition partition) => partition is { IsTaken: true, IsReady: false };

    // A tier that was emptied or started again is noticed by partitions that nobody reads or writes, too.
    private async Task CheckAsync()
    {
        var open = _partitions.Where(partition => partition.IsReady).Select(partition => (Partition: partition, Epoch: EpochOf(partition))).ToList();
        if (open.Count == 0)
        {
            return;
        }

        try
        {
            var refused = await Link.AskAsync((tier, token) => tier.WriteAsync(
                open.ConvertAll(one => new TierWrite(TierWriteKind.Check, one.Partition.Number, one.Epoch, ReadOnlyMemory<byte>.Empty)), token));
            foreach (var (partition, epoch) in open.Where(one => refused.Contains(one.Partition.Number)))
            {
                lock (partition.Lock)
                {
                    partition.CutAt(epoch);
                }
            }
        }
        catch (CacheTierException)
        {
            // The link has told of it.
        }
    }

    private static long EpochOf(TierPartition partition)
    {
        lock (partition.Lock)
        {
            return partition.Epoch;
        }
    }

    private async Task RecordWitnessesAsync()
    {
        var witnesses = Witness.Witnesses;
        if (_recorded?.SequenceEqual(witnesses) == true && _time.GetElapsedTime(_recordedAt) < WitnessPeriod)
        {
            return;
        }

        try
        {
            await Link.TellAsync((tier, token) => tier.RecordWitnessesAsync(Witness.Name, witnesses, token));
            (_recorded, _recordedAt) = (witnesses, _time.GetTimestamp());
        }
        catch (CacheTierException)
        {
            // Nobody vouches for this silo until it is done.
        }
    }
}
