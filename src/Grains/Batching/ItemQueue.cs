namespace Armature.Batching;

/// <summary>
/// The one queue of a batch, from which the lanes of all silos take chunks. Items that came back go first.
/// Used on the coordinator's scheduler only.
/// </summary>
internal sealed class ItemQueue
{
    private readonly Queue<PackedEntries> _pages = new();
    private readonly Queue<Work> _returned = new();
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>Items that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>True when nothing will be taken any more.</summary>
    public bool IsCompleted { get; private set; }

    public void Add(PackedEntries page)
    {
        if (page.Count == 0 || IsCompleted)
        {
            return;
        }

        _pages.Enqueue(page);
        Grow(page);
    }

    /// <summary>Adds items of a batch that was taken over.</summary>
    public void Resume(Work work)
    {
        if (work.Attempt == 1)
        {
            Add(work.Items);
            return;
        }

        Return(work);
    }

    /// <summary>Puts back items that were not done.</summary>
    public void Return(Work work)
    {
        if (work.Items.Count == 0 || IsCompleted)
        {
            return;
        }

        _returned.Enqueue(work);
        Grow(work.Items);
    }

    /// <summary>Takes up to <paramref name="most"/> items of one attempt and at most 1 MiB; null when nothing waits.</summary>
    public Work? TryTake(int most)
    {
        if (IsCompleted || Count == 0)
        {
            return null;
        }

        var work = _returned.TryDequeue(out var returned) ? TakeFrom(returned, most) : new Work(TakeFromPage(most), 1);
        Count -= work.Items.Count;
        Bytes -= work.Items.Bytes.Length;
        _room.TrySetResult();
        return work;
    }

    /// <summary>Waits until something was taken, or the end.</summary>
    public Task WaitForRoomAsync()
    {
        if (IsCompleted)
        {
            return Task.CompletedTask;
        }

        if (_room.Task.IsCompleted)
        {
            _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return _room.Task;
    }

    /// <summary>Drops what waits; nothing is taken any more.</summary>
    public void Complete()
    {
        IsCompleted = true;
        _pages.Clear();
        _returned.Clear();
        Count = 0;
        Bytes = 0;
        _room.TrySetResult();
    }

    private Work TakeFrom(Work returned, int most)
    {
        var take = Math.Min(most, returned.Items.Count);
        if (take < returned.Items.Count)
        {
            _returned.Enqueue(returned with { Items = returned.Items.Slice(take, returned.Items.Count - take) });
        }

        return returned with { Items = returned.Items.Slice(0, take) };
    }

    private PackedEntries TakeFromPage(int most)
    {
        var page = _pages.Peek();
        var take = Math.Min(most, page.Count - _taken);
        var items = page.Slice(_taken, take);
        _taken += take;
        if (_taken == page.Count)
        {
            _pages.Dequeue();
            _taken = 0;
        }

        return items;
    }

    private void Grow(PackedEntries items)
    {
        Count += items.Count;
        Bytes += items.Bytes.Length;
    }
}
