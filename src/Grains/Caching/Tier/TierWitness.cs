using System.Collections.Immutable;

namespace Armature.Caching.Tier;

/// <summary>
/// What silos tell one another before they acknowledge what the tier did not get: who opens the partition of one that died asks whether
/// it said so. Thread-safe.
/// </summary>
internal sealed class TierWitness(ICacheSilos silos, TimeProvider time)
{
    // An epoch that is not known here may be as late as the tier's clock, which may be so far from this one.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(10);

    private readonly long[] _behind = new long[CacheLimits.Partitions];
    private readonly HashSet<SiloAddress> _greeted = [];
    private volatile bool _isClosed;

    /// <summary>This silo, as the tier knows it.</summary>
    public string Name { get; } = silos.Local.ToParsableString();

    /// <summary>The silos that can tell of this one, as the tier is to know them.</summary>
    public IReadOnlyList<string> Witnesses => [.. Others.Select(silo => silo.ToParsableString()).Order(StringComparer.Ordinal)];

    private IEnumerable<SiloAddress> Others => silos.Active.Where(silo => !silo.Equals(silos.Local));

    /// <summary>Vouches for nobody any more: this silo stops, and is told of nothing.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Hears that the tier is behind in some partitions, for all epochs up to those given; 0 where it is not.</summary>
    public void Hear(ImmutableArray<long> upTo)
    {
        lock (_behind)
        {
            for (var partition = 0; partition < Math.Min(_behind.Length, upTo.Length); partition++)
            {
                _behind[partition] = Math.Max(_behind[partition], upTo[partition]);
            }
        }
    }

    /// <summary>True when the owner of a partition's epoch has not said that the tier is behind.</summary>
    public bool Vouches(int partition, long epoch)
    {
        lock (_behind)
        {
            return !_isClosed && _behind[partition] < epoch;
        }
    }

    /// <summary>Whether the tier has everything that the last owner of a partition acknowledged.</summary>
    public async Task<bool> IsTrustedAsync(int partition, TierOpening opening, CancellationToken cancellationToken)
    {
        if (opening.LastOwner is null)
        {
            return true;
        }

        if (opening.LastOwner == Name || opening.Witnesses.Contains(Name))
        {
            return Vouches(partition, opening.LastEpoch);
        }

        if (opening.LastOwner.Length == 0)
        {
            // Somebody may have answered for it without ever reaching the tier.
            var answers = await Task.WhenAll(Others.Select(silo => TryAskAsync(silo, partition, opening.LastEpoch, cancellationToken)));
            return Vouches(partition, opening.LastEpoch) && Array.TrueForAll(answers, answer => answer == true);
        }

        foreach (var witness in Others.Where(silo => opening.Witnesses.Contains(silo.ToParsableString())).ToList())
        {
            if (await TryAskAsync(witness, partition, opening.LastEpoch, cancellationToken) is { } answer)
            {
                return answer;
            }
        }

        return false;
    }

    /// <summary>Tells all silos that the tier is behind in some partitions.</summary>
    /// <exception cref="TimeoutException">One did not answer and is not known to be dead: it might vouch for this silo.</exception>
    public async Task TellAsync(IReadOnlyList<TierPartition> partitions)
    {
        var upTo = new long[CacheLimits.Partitions];
        foreach (var partition in partitions)
        {
            upTo[partition.Number] = EpochOf(partition);
        }

        var told = ImmutableArray.Create(upTo);
        Hear(told);
        await Task.WhenAll(Others.Select(silo => TellAsync(silo, told)));
        foreach (var partition in partitions)
        {
            lock (partition.Lock)
            {
                partition.Told(upTo[partition.Number]);
            }
        }
    }

    /// <summary>Once a second: lets silos that have come know what this one has heard.</summary>
    public async Task GreetAsync()
    {
        ImmutableArray<long> heard;
        lock (_behind)
        {
            heard = [.. _behind];
        }

        var others = Others.ToHashSet();
        var come = others.Except(_greeted).ToList();
        _greeted.IntersectWith(others);
        foreach (var silo in come)
        {
            if (heard.All(epoch => epoch == 0) || await TryTellAsync(silo, heard))
            {
                _greeted.Add(silo);
            }
        }
    }

    private long EpochOf(TierPartition partition)
    {
        lock (partition.Lock)
        {
            return partition.Expected is { } epoch ? epoch : (time.GetUtcNow() + ClockDifference).ToUnixTimeMilliseconds();
        }
    }

    private async Task TellAsync(SiloAddress silo, ImmutableArray<long> upTo)
    {
        if (!await TryTellAsync(silo, upTo) && silos.Active.Contains(silo))
        {
            throw new TimeoutException($"What lies behind the cache is away, and {silo} does not hear of it.");
        }
    }

    private async Task<bool> TryTellAsync(SiloAddress silo, ImmutableArray<long> upTo)
    {
        try
        {
            await silos.TellBehindAsync(silo, upTo, CancellationToken.None);
            return true;
        }
        catch (Exception error) when (CacheCall.IsPassing(error))
        {
            return false;
        }
    }

    private async Task<bool?> TryAskAsync(SiloAddress witness, int partition, long epoch, CancellationToken cancellationToken)
    {
        try
        {
            return await silos.VouchAsync(witness, partition, epoch, cancellationToken);
        }
        catch (Exception error) when (CacheCall.IsPassing(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
