using Armature.Batching;
using Armature.Testing;
using Armature.TestSilo;

namespace Armature.Chaos;

/// <summary>
/// A batch that a test submits and reads from outside. Every result is checked as it arrives: it is the result of its item, of this
/// batch, and none comes twice.
/// </summary>
internal sealed class ChaosBatch
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly BatchHandle<Envelope> _handle;
    private readonly BatchItem<Envelope>?[] _results;
    private readonly Task _reading;
    private long _lastResult = TimeProvider.System.GetTimestamp();
    private TimeSpan _longestSilence;
    private int _done;

    private ChaosBatch(BatchHandle<Envelope> handle, int count, BatchOptions? options)
    {
        IsDurable = options is { Durable: true };
        _handle = handle;
        _results = new BatchItem<Envelope>?[count];
        _reading = Task.Run(ReadAsync);
    }

    public string Id => _handle.Id;

    public bool IsDurable { get; }

    public int Count => _results.Length;

    /// <summary>Results that have arrived.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The longest time in which no result arrived, so far.</summary>
    public TimeSpan LongestSilence => _longestSilence;

    /// <summary>Ends with the last result, or fails as the reading did.</summary>
    public Task Reading => _reading;

    /// <summary>The results that arrived, by their place.</summary>
    public IReadOnlyList<BatchItem<Envelope>?> Results => _results;

    /// <summary>Submits a batch of equal items.</summary>
    public static Task<ChaosBatch> SubmitAsync(ArmatureClient client, int items, int milliseconds, BatchOptions? options = null) =>
        SubmitAsync(client, [.. Enumerable.Repeat(new ChaosItem(milliseconds), items)], options);

    /// <summary>Submits a batch.</summary>
    public static async Task<ChaosBatch> SubmitAsync(ArmatureClient client, IReadOnlyList<ChaosItem> items, BatchOptions? options = null) =>
        new(await client.Batches.SubmitAsync<ChaosItem, Envelope>(ChaosHandler.Name, items, options), items.Count, options);

    /// <summary>Returns when so many results have arrived.</summary>
    public Task HasDoneAsync(int items) => Eventually.BecomesTrueAsync(() => Done >= items || _reading.IsFaulted, $"{items} items are done");

    /// <summary>Returns when every item has its result, in its place; an item that failed must be one of those that may.</summary>
    public async Task CompletesAsync(params int[] mayFail)
    {
        await _reading.WaitAsync(Bound);
        Done.ShouldBe(Count);
        var ordered = await _handle.GetResultAsync();
        ordered.State.ShouldBe(BatchState.Completed);
        for (var i = 0; i < Count; i++)
        {
            ordered[i].Index.ShouldBe(i);
            if (!mayFail.Contains(i))
            {
                ordered[i].Error.ShouldBeNull($"item {i} of batch {Id}");
                ordered[i].Value.Index.ShouldBe(i);
            }
        }
    }

    /// <summary>Returns how the reading failed.</summary>
    public async Task<Exception> FailsAsync()
    {
        var ended = await Task.WhenAny(_reading.WaitAsync(Bound));
        return ended.Exception?.InnerException ?? throw new InvalidOperationException($"Batch {Id} did not fail.");
    }

    public Task CancelAsync() => _handle.CancelAsync();

    public Task<BatchStatus> GetStatusAsync() => _handle.GetStatusAsync();

    private async Task ReadAsync()
    {
        await foreach (var item in _handle.ResultsAsync())
        {
            if (_results[item.Index] is not null)
            {
                throw new InvalidOperationException($"Item {item.Index} of batch {Id} came twice.");
            }

            if (item.IsSuccess && (item.Value.BatchId != Id || item.Value.Index != item.Index))
            {
                throw new InvalidOperationException($"Item {item.Index} of batch {Id} came with the result {item.Value}.");
            }

            _results[item.Index] = item;
            Interlocked.Increment(ref _done);
            var silence = TimeProvider.System.GetElapsedTime(_lastResult);
            _longestSilence = silence > _longestSilence ? silence : _longestSilence;
            _lastResult = TimeProvider.System.GetTimestamp();
        }
    }
}
