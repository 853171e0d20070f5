using System.Collections;

namespace Armature.Batching;

/// <summary>The results of a whole batch, in the caller's order: <c>result[i]</c> belongs to item <c>i</c>.</summary>
/// <typeparam name="TResult">The handler's result.</typeparam>
public sealed class BatchResult<TResult> : IReadOnlyList<BatchItem<TResult>>
{
    private readonly BatchItem<TResult>[] _items;

    /// <summary>Creates the result from items in the caller's order.</summary>
    public BatchResult(string batchId, BatchState state, BatchItem<TResult>[] items)
    {
        BatchId = batchId;
        State = state;
        _items = items;
        Failed = items.Count(item => !item.IsSuccess);
    }

    /// <summary>The batch's id.</summary>
    public string BatchId { get; }

    /// <summary><see cref="BatchState.Completed"/> or <see cref="BatchState.Cancelled"/>.</summary>
    public BatchState State { get; }

    /// <summary>Items in all.</summary>
    public int Count => _items.Length;

    /// <summary>Items with an error.</summary>
    public int Failed { get; }

    /// <summary>Items with a value.</summary>
    public int Succeeded => Count - Failed;

    /// <summary>What became of item <paramref name="index"/>.</summary>
    public BatchItem<TResult> this[int index] => _items[index];

    /// <inheritdoc />
    public IEnumerator<BatchItem<TResult>> GetEnumerator() => ((IEnumerable<BatchItem<TResult>>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
