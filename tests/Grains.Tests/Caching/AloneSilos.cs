using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>A cluster of one silo, unless said otherwise.</summary>
internal sealed class AloneSilos : ICacheSilos
{
    public AloneSilos() => Active = [Local];

    public SiloAddress Local { get; } = SiloAddress.New(System.Net.IPAddress.Loopback, 11_111, 1);

    public IReadOnlyList<SiloAddress> Active { get; init; }

    /// <summary>Where partitions are.</summary>
    public Func<int, SiloAddress> Locate { get; init; } = _ => throw new NotSupportedException();

    public Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CacheChanges> ReadChangesAsync(SiloAddress silo, long? since, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken) => Task.FromResult(Locate(partition));

    public Task<bool> SendAsync(SiloAddress silo, CacheCargo cargo, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task MoveAsync(int partition, SiloAddress target, CacheHandover handover, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TellLeavingAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TellBehindAsync(SiloAddress silo, ImmutableArray<long> upTo, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> VouchAsync(SiloAddress silo, int partition, long epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CacheSiloStatistics> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken) => throw new NotSupportedException();
}
