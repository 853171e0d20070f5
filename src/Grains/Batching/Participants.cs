using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>Which silos take part in a batch: those that are there at the start, and those that join and leave.</summary>
internal sealed partial class Participants(string batchId, BatchSpec spec, IClusterNodes nodes, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NoSiloPatience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SiloAddress, SiloLanes> _silos = [];
    private IReadOnlySet<SiloAddress> _active = new HashSet<SiloAddress>();
    private int _asked;
    private long _lastLeft = time.GetTimestamp();

    /// <summary>A silo began to take part after the start.</summary>
    public event Action<SiloLanes>? Joined;

    /// <summary>A silo left, died or is stopping.</summary>
    public event Action<SiloLanes>? Left;

    /// <summary>The handler as the first silo described it; there once <see cref="PrepareAsync"/> has ended.</summary>
    public HandlerDescription? Handler { get; private set; }

    /// <summary>All that have ever taken part.</summary>
    public IEnumerable<SiloLanes> All => _silos.Values;

    /// <summary>Those that take work.</summary>
    public IEnumerable<SiloLanes> Present => _silos.Values.Where(silo => !silo.IsGone);

    public int LaneCount => Present.Sum(silo => silo.Lanes);

    /// <summary>True when no silo has taken work for so long that none is expected.</summary>
    public bool IsDeserted => !Present.Any() && time.GetElapsedTime(_lastLeft) > NoSiloPatience;

    public bool IsLocal(SiloLanes silo) => silo.Address.Equals(nodes.Local);

    public bool IsActive(SiloAddress silo) => _active.Contains(silo);

    /// <summary>True while a silo has not said yet whether it takes part.</summary>
    public bool IsAsking => _asked > 0;

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await foreach (var active in nodes.WatchAsync(cancellationToken))
        {
            _active = active;
            break;
        }

        var joins = Task.WhenAll(_active.Select(JoinAsync));
        await Task.WhenAny(joins, Task.Delay(JoinPatience, time, CancellationToken.None));
        var registered = _silos.Count == 0 ? await joins : [];
        if (_silos.Count == 0)
        {
            throw new BatchHandlerException(spec.Handler, $"No silo has a batch handler '{spec.Handler}'. Registered: {string.Join(", ", registered.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal))}. Register it with AddBatchHandler on the silos.");
        }

        if (spec.ItemType != Handler!.ItemType || spec.ResultType != Handler.ResultType)
        {
            throw new BatchHandlerException(spec.Handler, $"Batch handler '{spec.Handler}' takes {Handler.ItemType} and gives {Handler.ResultType}; the caller used {spec.ItemType} and {spec.ResultType}.");
        }
    }

    /// <summary>Follows the membership until it is told to stop.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var active in nodes.WatchAsync(cancellationToken))
            {
                Follow(active, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The batch has ended.
        }
    }

    public void Leave(SiloLanes silo)
    {
        if (silo.IsGone)
        {
            return;
        }

        silo.IsGone = true;
        _lastLeft = time.GetTimestamp();
        Left?.Invoke(silo);
    }

    private void Follow(IReadOnlySet<SiloAddress> active, CancellationToken cancellationToken)
    {
        _active = active;
        foreach (var gone in Present.Where(silo => !active.Contains(silo.Address)).ToList())
        {
            Leave(gone);
        }

        foreach (var joined in active.Where(address => !_silos.ContainsKey(address)))
        {
            _ = JoinLateAsync(joined, cancellationToken);
        }
    }

    private async Task JoinLateAsync(SiloAddress address, CancellationToken cancellationToken)
    {
        await JoinAsync(address);
        if (!cancellationToken.IsCancellationRequested && _silos.TryGetValue(address, out var silo) && !silo.IsGone)
        {
            Joined?.Invoke(silo);
        }
    }

    private async Task<string[]> JoinAsync(SiloAddress address)
    {
        _asked++;
        try
        {
            var handler = await nodes.DescribeAsync(address, spec.Handler);
            if (handler.Capacity == 0)
            {
                return handler.Registered;
            }

            Handler ??= handler;
            if (_active.Contains(address) && handler.ItemType == Handler.ItemType && handler.ResultType == Handler.ResultType)
            {
                _silos.TryAdd(address, new SiloLanes(address, handler));
            }
        }
#pragma warning disable CA1031 // a silo that cannot be asked does not join now; the next change of the membership asks again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogJoinFailed(logger, exception, address, batchId);
        }
        finally
        {
            _asked--;
        }

        return [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be asked to join batch {BatchId}")]
    private static partial void LogJoinFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
