using System.Collections.Concurrent;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>This silo as the coordinators see it: takes chunks, queues them by handler, and keeps workers running. Thread-safe.</summary>
internal sealed partial class Node : IReadinessCondition
{
    /// <summary>Workers that a chunk starts. A worker whose item has to wait starts more, so that items that do not wait need few.</summary>
    private static readonly int FirstWorkers = Environment.ProcessorCount;

    private readonly ConcurrentDictionary<(string BatchId, long ChunkId), ChunkRun> _chunks = new();
    private readonly ConcurrentDictionary<string, HandlerQueue> _queues = new(StringComparer.Ordinal);
    private readonly BatchHandlerRegistry _handlers;
    private readonly IGrainFactory _grains;
    private readonly Serializer<ItemError> _errors;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StartGate _gate;
    private readonly int _maxItems;
    private readonly TimeSpan _grace;
    private int _items;
    private volatile bool _isDraining;

    public Node(
        BatchHandlerRegistry handlers,
        IGrainFactory grains,
        Serializer<ItemError> errors,
        TimeProvider time,
        IOptions<ArmatureOptions> options,
        ILogger<Node> logger)
    {
        _handlers = handlers;
        _grains = grains;
        _errors = errors;
        _time = time;
        _logger = logger;
        _maxItems = options.Value.Batching.MaxNodeQueuedItems;
        _grace = options.Value.Batching.CancellationGrace;
        _gate = new(time);
        _gate.Opened += StartWaiting;
    }

    public string? Problem => IsFull
        ? $"{Volatile.Read(ref _items):N0} items wait or run on this silo; Batching:MaxNodeQueuedItems is {_maxItems:N0}."
        : null;

    /// <summary>Items that workers have, and items that wait for one.</summary>
    public (int Running, int Queued) Load
    {
        get
        {
            var items = Volatile.Read(ref _items);
            var running = Math.Min(items, _queues.Values.Sum(queue => queue.Workers));
            return (running, items - running);
        }
    }

    private bool IsFull => Volatile.Read(ref _items) >= _maxItems;

    public HandlerDescription Describe(string name)
    {
        if (_isDraining || _handlers.Find(name) is not { } handler)
        {
            return new() { Capacity = 0, Registered = [.. _handlers.Names] };
        }

        return new()
        {
            Capacity = handler.Capacity,
            ItemType = handler.ItemType,
            ResultType = handler.ResultType,
            ItemTimeout = handler.ItemTimeout,
            MaxAttempts = handler.MaxAttempts,
            TailReissue = handler.TailReissue,
            CanHold = true,
        };
    }

    public async Task<ChunkReply> RunAsync(ChunkRequest request)
    {
        var key = (request.BatchId, request.ChunkId);
        if (request.IsAlone)
        {
            try
            {
                return _gate.TryBegin(key) ? await RunAsync(key, request) : Returned(request, NodeState.Ready);
            }
            finally
            {
                _gate.Release(key);
            }
        }

        return await RunAsync(key, request);
    }

    /// <inheritdoc cref="INodeService.HoldAsync"/>
    public Task<bool> HoldAsync(string batchId, long chunkId) =>
        _isDraining ? Task.FromResult(false) : _gate.HoldAsync((batchId, chunkId), () => !_chunks.Values.Any(chunk => chunk.IsRunning));

    /// <inheritdoc cref="INodeService.ReleaseAsync"/>
    public void Release(string batchId, long chunkId) => _gate.Release((batchId, chunkId));

    public Task CancelAsync(string batchId, long? chunkId)
    {
        // One that runs has the silo alone until it has ended.
        _gate.Release(key => key.BatchId == batchId && (chunkId is null || key.ChunkId == chunkId) && !_chunks.ContainsKey(key));
        return CancelAsync(chunk => chunk.BatchId == batchId && (chunkId is null || chunk.ChunkId == chunkId));
    }

    /// <summary>
    /// Takes back what was asked for by coordinators that are dead: nobody waits for it. One that lives all the same, and does not know
    /// yet, must not take its items for cancelled.
    /// </summary>
    public Task StopOfAsync(IReadOnlySet<SiloAddress> coordinators) =>
        Task.WhenAll(_chunks.Values.Where(chunk => coordinators.Contains(chunk.Request.Coordinator)).Select(chunk => chunk.StopAsync()));

    /// <summary>Takes nothing more, and sends back what has not started.</summary>
    public void Drain()
    {
        _isDraining = true;
        foreach (var chunk in _chunks.Values)
        {
            chunk.Close(NodeState.Draining);
        }
    }

    /// <summary>Waits until nothing runs here, for as long as it may; then running items are told to stop and go back.</summary>
    public async Task StopAsync(CancellationToken mayRun)
    {
        Drain();
        Task running = Task.WhenAll(_chunks.Values.Select(chunk => chunk.Reply));
        await running.WaitAsync(mayRun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompleted)
        {
            await Task.WhenAll(_chunks.Values.Select(chunk => chunk.StopAsync()));
            await Task.WhenAny(running, Task.Delay(_grace, _time, CancellationToken.None));
        }
    }

    public HandlerQueue Queue(string handler) => _queues.GetOrAdd(
        handler,
        static (name, node) => new(node._handlers.Find(name) ?? throw new BatchHandlerException(name, $"This silo has no batch handler '{name}'."), node._gate),
        this);

    /// <summary>Starts workers while something waits and the handler's capacity is not reached.</summary>
    public void StartWorkers(HandlerQueue queue, int most)
    {
        for (var i = 0; i < most && queue.TryReserveWorker(); i++)
        {
            _ = RunWorkerAsync(queue);
        }
    }

    private static ChunkReply Returned(ChunkRequest request, NodeState state) => new()
    {
        Results = PackedEntries.Empty,
        Failures = PackedEntries.Empty,
        Returned = request.Items.Indices,
        Busy = TimeSpan.Zero,
        State = state,
    };

    private Task CancelAsync(Predicate<ChunkRequest> chosen) =>
        Task.WhenAll(_chunks.Values.Where(chunk => chosen(chunk.Request)).Select(chunk => chunk.CancelAsync()));

    private async Task<ChunkReply> RunAsync((string BatchId, long ChunkId) key, ChunkRequest request)
    {
        if (_isDraining || IsFull)
        {
            return Returned(request, _isDraining ? NodeState.Draining : NodeState.Full);
        }

        var chunk = new ChunkRun(request, _errors, _gate, _time);
        var queue = Queue(request.Handler);
        _chunks[key] = chunk;
        Interlocked.Add(ref _items, request.Items.Count);
        try
        {
            queue.Enqueue(chunk);
            StartWorkers(queue, Math.Min(request.Items.Count, FirstWorkers));
            return await chunk.Reply;
        }
        finally
        {
            _chunks.TryRemove(new(key, chunk));
            Interlocked.Add(ref _items, -request.Items.Count);
        }
    }

    private void StartWaiting()
    {
        foreach (var queue in _queues.Values)
        {
            StartWorkers(queue, FirstWorkers);
        }
    }

    /// <summary>Runs a worker again for as long as something waits: it may arrive just when the worker has found nothing.</summary>
    private async Task RunWorkerAsync(HandlerQueue queue)
    {
        do
        {
            try
            {
                await (queue.Handler.WaitsForProcesses ? Task.Run(() => WorkAsync(queue)) : _grains.GetGrain<IBatchWorkerGrain>(queue.Handler.Name).WorkAsync());
            }
#pragma warning disable CA1031 // a silo that stops refuses its own calls; what waits was sent back by Drain
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogWorkerFailed(_logger, exception, queue.Handler.Name);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time, CancellationToken.None);
            }
            finally
            {
                queue.ReleaseWorker();
            }
        }
        while (queue.TryReserveWorker());
    }

    /// <summary>Runs items on the thread pool: an item goes on where its process's answer was read, and not in a turn of a grain.</summary>
    private async Task WorkAsync(HandlerQueue queue)
    {
        while (queue.TryTake(out var chunk, out var position))
        {
            var running = queue.Handler.Runner.RunAsync(chunk, position);
            if (!running.IsCompleted)
            {
                StartWorkers(queue, most: 2);
            }

            await running;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A worker of handler {Handler} could not be called")]
    private static partial void LogWorkerFailed(ILogger logger, Exception exception, string handler);
}
