using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>Which silos take part in a batch: those that are there at the start, and those that join and leave.</summary>
internal sealed partial class Participants(string batchId, BatchSpec spec, IClusterNodes nodes, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ResumePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan NoSiloPatience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SiloAddress, SiloLanes> _silos = [];
    private IReadOnlySet<SiloAddress> _active = new HashSet<SiloAddress>();
    private readonly HashSet<SiloAddress> _answered = [];
    private HandlerDescription? _other;
    private bool _hasLooked;
    private int _asked;
    private long _lastLeft = time.GetTimestamp();

    /// <summary>A silo began to take part after the start.</summary>
    public event Action<SiloLanes>? Joined;

    /// <summary>A silo left, died or is stopping.</summary>
    public event Action<SiloLanes>? Left;

    /// <summary>The handler as the first silo that has it described it; null while none was found.</summary>
    public HandlerDescription? Handler { get; private set; }

    /// <summary>All that have ever taken part.</summary>
    public IEnumerable<SiloLanes> All => _silos.Values;

    /// <summary>Those that are not gone.</summary>
    public IEnumerable<SiloLanes> Present => _silos.Values.Where(silo => !silo.IsGone);

    /// <summary>Those that take work.</summary>
    public IEnumerable<SiloLanes> Ready => _silos.Values.Where(silo => silo.IsReady);

    public int LaneCount => Ready.Sum(silo => silo.Lanes);

    /// <summary>True when no silo has taken work for so long that none is expected.</summary>
    public bool IsDeserted => !Present.Any() && time.GetElapsedTime(_lastLeft) > NoSiloPatience;

    public bool IsLocal(SiloLanes silo) => silo.Address.Equals(nodes.Local);

    public bool IsActive(SiloAddress silo) => nodes.IsActive(silo);

    /// <summary>True when the silo has answered this coordinator, so that it lived then.</summary>
    public bool HasAnswered(SiloAddress silo) => _answered.Contains(silo);

    /// <summary>True while a silo has not said yet whether it takes part.</summary>
    public bool IsAsking => _asked > 0;

    /// <summary>Why nothing can run now; null when something can.</summary>
    public string? Lack
    {
        get
        {
            if (!_hasLooked || IsAsking || Ready.Any())
            {
                return null;
            }

            return Present.Any()
                ? $"No silo that has a batch handler '{spec.Handler}' answers. The batch goes on when one does, or when one joins that has it."
                : $"No silo has a batch handler '{spec.Handler}' that takes {spec.ItemType} and gives {spec.ResultType}. The batch goes on when one joins that has it; cancel it if none will.";
        }
    }

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var registered = await FindAsync(JoinPatience, cancellationToken);
        if (_silos.Count > 0)
        {
            return;
        }

        if (_other is { } other)
        {
            throw new BatchHandlerException(
                spec.Handler,
                $"Batch handler '{spec.Handler}' takes {other.ItemType} and gives {other.ResultType}; the caller used {spec.ItemType} and {spec.ResultType}.") { ItemType = other.ItemType };
        }

        string[] names = [.. registered.Distinct().Order(StringComparer.Ordinal)];
        throw new BatchHandlerException(
            spec.Handler,
            $"No silo has a batch handler '{spec.Handler}'. Registered: {string.Join(", ", names)}. Register it with AddBatchHandler on the silos.") { Registered = names };
    }

    /// <summary>
    /// Finds the silos that can run a batch which was accepted before: when there is none, it waits for one. Busy silos are given more
    /// time than at a beginning, since what one had that does not answer is suspect.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await FindAsync(ResumePatience, cancellationToken);
        if (Lack is { } lack)
        {
            LogWaiting(logger, batchId, lack);
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
        if (silo.TryLeave())
        {
            _lastLeft = time.GetTimestamp();
            Left?.Invoke(silo);
        }
    }

    /// <summary>Whether a silo takes part still; one that is known to be dead leaves.</summary>
    public bool IsHere(SiloLanes silo)
    {
        if (!nodes.IsActive(silo.Address))
        {
            Leave(silo);
        }

        return !silo.IsGone;
    }

    /// <summary>Asks all silos, and gives the handlers that those have which cannot run the batch.</summary>
    private async Task<IEnumerable<string>> FindAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await foreach (var active in nodes.WatchAsync(cancellationToken))
        {
            _active = active;
            break;
        }

        var joins = Task.WhenAll(_active.Select(JoinAsync));
        await Task.WhenAny(joins, Task.Delay(patience, time, CancellationToken.None));
        var registered = _silos.Count == 0 ? await joins : [];
        _hasLooked = true;
        return registered.SelectMany(names => names);
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
            _answered.Add(address);
            if (handler.Capacity == 0)
            {
                return handler.Registered;
            }

            if (handler.ItemType != spec.ItemType || handler.ResultType != spec.ResultType)
            {
                _other = handler;
                return [];
            }

            Handler ??= handler;
            if (_active.Contains(address))
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} waits: {Lack}")]
    private static partial void LogWaiting(ILogger logger, string batchId, string lack);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be asked to join batch {BatchId}")]
    private static partial void LogJoinFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
