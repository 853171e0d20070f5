using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <content>Which silos take part: those that are there at the start, and those that join and leave.</content>
internal sealed partial class BatchRun
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NoSiloPatience = TimeSpan.FromSeconds(30);

    /// <summary>Finds the silos that can run the batch.</summary>
    /// <exception cref="BatchHandlerException">There is none, or the types differ.</exception>
    public async Task PrepareAsync()
    {
        await foreach (var active in _nodes.WatchAsync(_stopped.Token))
        {
            _active = active;
            break;
        }

        var joins = Task.WhenAll(_active.Select(JoinAsync));
        await Task.WhenAny(joins, Task.Delay(JoinPatience, _time, CancellationToken.None));
        var registered = _silos.Count == 0 ? await joins : [];
        if (_silos.Count == 0)
        {
            throw new BatchHandlerException(_spec.Handler, $"No silo has a batch handler '{_spec.Handler}'. Registered: {string.Join(", ", registered.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal))}. Register it with AddBatchHandler on the silos.");
        }

        if (_spec.ItemType != _handler!.ItemType || _spec.ResultType != _handler.ResultType)
        {
            throw new BatchHandlerException(_spec.Handler, $"Batch handler '{_spec.Handler}' takes {_handler.ItemType} and gives {_handler.ResultType}; the caller used {_spec.ItemType} and {_spec.ResultType}.");
        }
    }

    private async Task<string[]> JoinAsync(SiloAddress address)
    {
        try
        {
            var handler = await _nodes.DescribeAsync(address, _spec.Handler);
            if (handler.Capacity == 0)
            {
                return handler.Registered;
            }

            _handler ??= handler;
            if (_active.Contains(address) && handler.ItemType == _handler.ItemType && handler.ResultType == _handler.ResultType)
            {
                _silos.TryAdd(address, new SiloLanes(address, handler.Capacity));
            }
        }
#pragma warning disable CA1031 // a silo that cannot be asked does not join now; the next change of the membership asks again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogJoinFailed(_logger, exception, address, Id);
        }

        return [];
    }

    private async Task FollowMembershipAsync()
    {
        try
        {
            await foreach (var active in _nodes.WatchAsync(_stopped.Token))
            {
                _active = active;
                foreach (var gone in _silos.Values.Where(silo => !silo.IsGone && !active.Contains(silo.Address)).ToList())
                {
                    Leave(gone);
                }

                foreach (var joined in active.Where(address => !_silos.ContainsKey(address)))
                {
                    _ = JoinLateAsync(joined);
                }
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The batch has ended.
        }
    }

    private async Task JoinLateAsync(SiloAddress address)
    {
        await JoinAsync(address);
        if (IsRunning && _silos.TryGetValue(address, out var silo) && !silo.IsGone)
        {
            StartLanes();
            AddEvent(BatchEventKind.SiloJoined, silo.Name);
        }
    }

    private void Leave(SiloLanes silo)
    {
        if (silo.IsGone)
        {
            return;
        }

        silo.IsGone = true;
        _lanelessSince = _time.GetTimestamp();
        if (IsRunning)
        {
            AddEvent(BatchEventKind.SiloLeft, silo.Name);
        }
    }

    private void FailWithoutSilos()
    {
        if (_silos.Values.All(silo => silo.IsGone) && _time.GetElapsedTime(_lanelessSince) > NoSiloPatience)
        {
            Fail($"no silo with a batch handler '{_spec.Handler}' is left.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be asked to join batch {BatchId}")]
    private static partial void LogJoinFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
