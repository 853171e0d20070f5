using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>Silos with one cache behind them, the doors that lead to them, and who was asked for what. Partition <c>p</c> is on silo <c>p % silos</c>.</summary>
internal sealed class FakeDoors(ICacheRoute cache)
{
    private readonly ConcurrentQueue<(int Silo, CacheRequest Request)> _asked = new();

    private ICacheRoute Cache { get; } = cache;

    /// <summary>The silo that a number leads to.</summary>
    public Func<long, int> SiloOf { get; set; } = number => (int)(number % 3);

    public int Silos { get; set; } = 3;

    /// <summary>Writes that came to another silo than the one that they named.</summary>
    public int Refused { get; private set; }

    /// <summary>Silos that do not answer.</summary>
    public ConcurrentDictionary<int, bool> Dead { get; } = new();

    /// <summary>What was asked for, and where, since this was read the last time.</summary>
    public List<(int Silo, CacheRequest Request)> TakeAsked()
    {
        var asked = new List<(int, CacheRequest)>();
        while (_asked.TryDequeue(out var one))
        {
            asked.Add(one);
        }

        return asked;
    }

    public ICacheDoorGrain this[long number] => new Door(this, number);

    /// <summary>The silo that has a key.</summary>
    public int OwnerOf(string cache, ReadOnlySpan<byte> key) => CacheHash.PartitionOf(new KeyHashes(cache).Of(key)) % Silos;

    private static SiloAddress AddressOf(int silo) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1_000 + silo), 1);

    private sealed class Door(FakeDoors doors, long number) : ICacheDoorGrain
    {
        private int Silo => doors.SiloOf(number);

        public async Task<CacheReply> CallAsync(CacheRequest request, SiloAddress? silo, CancellationToken cancellationToken)
        {
            doors._asked.Enqueue((Silo, request));
            ThrowIfDead();
            if (request.IsWrite && !AddressOf(Silo).Equals(silo))
            {
                doors.Refused++;
                throw new TimeoutException("It was meant for another silo.");
            }

            return await doors.Cache.CallAsync(request, cancellationToken);
        }

        public Task<CacheMap> LocateAsync(CancellationToken cancellationToken)
        {
            ThrowIfDead();
            return Task.FromResult(new CacheMap
            {
                Silo = AddressOf(Silo),
                Silos = [.. Enumerable.Range(0, doors.Silos).Select(AddressOf)],
                Owners = [.. Enumerable.Range(0, CacheLimits.Partitions).Select(partition => (ushort)(partition % doors.Silos))],
            });
        }

        public Task<ImmutableArray<CacheChanges>> ReadChangesAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken)
        {
            ThrowIfDead();
            return Task.FromResult<ImmutableArray<CacheChanges>>([new() { Silo = AddressOf(Silo), Position = number, IsComplete = true, Slots = [], Partitions = [] }]);
        }

        public Task<ImmutableArray<CacheSiloStatistics>> GetStatisticsAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException("Not asked in these tests.");

        private void ThrowIfDead()
        {
            if (doors.Dead.ContainsKey(Silo))
            {
                throw new SiloUnavailableException("gone");
            }
        }
    }
}
