using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Armature.Batching;

/// <summary>A cluster that the test plays: every chunk is held until the test answers it, or the silo it is on dies.</summary>
internal sealed class FakeNodes : IClusterNodes
{
    private readonly ConcurrentDictionary<SiloAddress, int> _capacities = new();
    private readonly List<Channel<IReadOnlySet<SiloAddress>>> _watchers = [];
    private readonly Channel<HeldChunk> _chunks = Channel.CreateUnbounded<HeldChunk>();
    private readonly ConcurrentDictionary<HeldChunk, bool> _held = new();
    private int _asked;
    private int _unanswered;
    private int _failedCalls;

    public FakeNodes(int localPort = 1, int localCapacity = 1) => Local = Add(localPort, localCapacity);

    public SiloAddress Local { get; }

    public TailReissue TailReissue { get; init; }

    /// <summary>A silo describes its handler when this has ended.</summary>
    public Func<SiloAddress, Task> Describing { get; init; } = _ => Task.CompletedTask;

    /// <summary>Questions that silos were asked.</summary>
    public int Asked => _asked;

    /// <summary>Cancellations that silos were told: the silo and the chunk, or null for a whole batch.</summary>
    public ConcurrentQueue<(SiloAddress Silo, long? ChunkId)> Cancellations { get; } = new();

    /// <summary>Whether a silo gives itself to a suspect alone.</summary>
    public Func<SiloAddress, Task<bool>> Holding { get; set; } = _ => Task.FromResult(true);

    /// <summary>Silos that were told that others may start beside a suspect.</summary>
    public ConcurrentQueue<SiloAddress> Releases { get; } = new();

    /// <summary>Silos that have died and that nobody has noticed yet: what they have is not answered, and no question is.</summary>
    public ConcurrentDictionary<SiloAddress, bool> Silent { get; } = new();

    /// <summary>Questions that silent silos were asked.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Silos that have died and that nobody has noticed yet: they refuse every call and question at once.</summary>
    public ConcurrentDictionary<SiloAddress, bool> Refusing { get; } = new();

    /// <summary>How a chunk's call to a silo fails; null when it does not.</summary>
    public Func<SiloAddress, Exception?> Failing { get; set; } = _ => null;

    /// <summary>How a question to a silo fails; null when it does not.</summary>
    public Func<SiloAddress, Exception?> Answering { get; set; } = _ => null;

    /// <summary>Chunks whose calls failed at once.</summary>
    public int FailedCalls => _failedCalls;

    public SiloAddress Add(int port, int capacity)
    {
        var silo = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);
        _capacities[silo] = capacity;
        Publish();
        return silo;
    }

    /// <summary>The living silos but the coordinator's.</summary>
    public IEnumerable<SiloAddress> Others => _capacities.Keys.Where(silo => !silo.Equals(Local));

    public bool IsActive(SiloAddress silo) => _capacities.ContainsKey(silo);

    /// <summary>The silo dies with all it has.</summary>
    public void Kill(SiloAddress silo)
    {
        _capacities.TryRemove(silo, out _);
        Publish();
        foreach (var chunk in _held.Keys.Where(chunk => chunk.Silo.Equals(silo)))
        {
            chunk.Fail(new Orleans.Runtime.SiloUnavailableException($"{silo} is dead."));
        }
    }

    /// <summary>The next chunk that some silo was given.</summary>
    public async Task<HeldChunk> NextAsync(CancellationToken cancellationToken = default)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(30));
        return await _chunks.Reader.ReadAsync(bound.Token);
    }

    public async IAsyncEnumerable<IReadOnlySet<SiloAddress>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<IReadOnlySet<SiloAddress>>();
        lock (_watchers)
        {
            _watchers.Add(channel);
        }

        yield return _capacities.Keys.ToHashSet();
        await foreach (var active in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return active;
        }
    }

    public async Task<HandlerDescription> DescribeAsync(SiloAddress silo, string handler)
    {
        Interlocked.Increment(ref _asked);
        await Describing(silo);
        if ((Refusing.ContainsKey(silo) ? Refusal(silo) : Answering(silo)) is { } failure)
        {
            throw failure;
        }

        if (Silent.ContainsKey(silo))
        {
            Interlocked.Increment(ref _unanswered);
            throw new TimeoutException($"{silo} does not answer.");
        }

        return new()
        {
            Capacity = _capacities[silo],
            ItemType = "item",
            ResultType = "result",
            ItemTimeout = TimeSpan.FromMinutes(1),
            MaxAttempts = 3,
            TailReissue = TailReissue,
            CanHold = true,
        };
    }

    public Task<bool> HoldAsync(SiloAddress silo, string batchId, long chunkId) => Refusing.ContainsKey(silo) ? Task.FromException<bool>(Refusal(silo)) : Holding(silo);

    public Task ReleaseAsync(SiloAddress silo, string batchId, long chunkId)
    {
        Releases.Enqueue(silo);
        return Task.CompletedTask;
    }

    public Task<ChunkReply> RunChunkAsync(SiloAddress silo, ChunkRequest request)
    {
        if ((Refusing.ContainsKey(silo) ? Refusal(silo) : Failing(silo)) is { } failure)
        {
            Interlocked.Increment(ref _failedCalls);
            return Task.FromException<ChunkReply>(failure);
        }

        if (!IsActive(silo))
        {
            return Task.FromException<ChunkReply>(new Orleans.Runtime.SiloUnavailableException($"{silo} is dead."));
        }

        var chunk = new HeldChunk(silo, request, held => _held.TryRemove(held, out _));
        _held[chunk] = true;
        _chunks.Writer.TryWrite(chunk);
        return chunk.Reply;
    }

    public Task CancelAsync(SiloAddress silo, string batchId, long? chunkId)
    {
        Cancellations.Enqueue((silo, chunkId));
        foreach (var chunk in _held.Keys.Where(chunk => chunk.Silo.Equals(silo) && (chunkId is null || chunk.Request.ChunkId == chunkId)))
        {
            chunk.Return(NodeState.Ready);
        }

        return Task.CompletedTask;
    }

    /// <summary>What a call to a silo ends with whose process is gone.</summary>
    public static Exception Refusal(SiloAddress silo) => new Orleans.Runtime.Messaging.ConnectionFailedException($"{silo} refuses the connection.");

    private void Publish()
    {
        lock (_watchers)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(_capacities.Keys.ToHashSet());
            }
        }
    }
}
