using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace Armature.Caching;

/// <summary>The changes of a cluster that the test plays. Thread-safe.</summary>
public sealed class FakeCacheFeed : ICacheFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, List<ushort>> _logs = [];
    private readonly Dictionary<SiloAddress, int> _forgotten = [];
    private readonly SiloAddress[] _holders = new SiloAddress[CacheLimits.Partitions];

    public FakeCacheFeed() => MoveAll(1);

    /// <summary>True while nobody answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Questions that were answered.</summary>
    public int Reads { get; private set; }

    /// <summary>An entry was changed by somebody else.</summary>
    public void Change(string cache, string key)
    {
        lock (_lock)
        {
            var hash = CacheHash.Of(Encoding.UTF8.GetBytes($"{cache}\0{key}"));
            _logs[_holders[CacheHash.PartitionOf(hash)]].Add(CacheHash.SlotOf(hash));
        }
    }

    /// <summary>Another silo holds everything from now on.</summary>
    public void MoveAll(int number)
    {
        lock (_lock)
        {
            var silo = SiloAddress.New(IPAddress.Loopback, 1, number);
            _logs.TryAdd(silo, []);
            Array.Fill(_holders, silo);
        }
    }

    /// <summary>The silo no longer knows what was changed before.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _forgotten[_holders[0]] = _logs[_holders[0]].Count + 1;
            _logs[_holders[0]].Add(0);
        }
    }

    public Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsSilent)
            {
                throw new TimeoutException("The test is silent.");
            }

            Reads++;
            return Task.FromResult<ImmutableArray<CacheChanges>>([.. _logs.Keys.Select(silo => Read(silo, since))]);
        }
    }

    private CacheChanges Read(SiloAddress silo, ImmutableDictionary<SiloAddress, long> since)
    {
        var log = _logs[silo];
        var isComplete = since.TryGetValue(silo, out var from) && from >= _forgotten.GetValueOrDefault(silo);
        return new()
        {
            Silo = silo,
            Position = log.Count,
            IsComplete = isComplete,
            Slots = isComplete ? [.. log.Skip((int)from)] : [],
            Partitions = [.. Enumerable.Range(0, CacheLimits.Partitions).Where(partition => _holders[partition].Equals(silo)).Select(partition => (byte)partition)],
        };
    }
}
