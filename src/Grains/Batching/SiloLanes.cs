namespace Armature.Batching;

/// <summary>One silo's part in a batch, as its coordinator sees it.</summary>
internal sealed class SiloLanes(SiloAddress address, HandlerDescription handler)
{
    private const int FewChunks = 4;

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SiloAddress Address => address;

    public string Name { get; } = address.ToString();

    /// <summary>One more than the silo works on at a time, so that the next chunk lies ready.</summary>
    public int Lanes => handler.Capacity + 1;

    /// <summary>True when it can run an item with nothing beside it.</summary>
    public bool CanHold => handler.CanHold;

    /// <summary>Ends when it takes nothing more: it left, died or is stopping.</summary>
    public Task Gone => _gone.Task;

    public bool IsGone => Gone.IsCompleted;

    /// <summary>True while it does not answer: it may be dead, and nobody has noticed yet.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>True while it takes work.</summary>
    public bool IsReady => !IsGone && !IsUnreachable;

    /// <summary>Lanes that have a chunk.</summary>
    public int ActiveLanes { get; set; }

    /// <summary>True while it runs an item that may have taken another silo down.</summary>
    public bool RunsSuspect { get; set; }

    public int RunningChunks { get; set; }

    public int RunningItems { get; set; }

    /// <summary>The items of its slow chunks, but one of each: they may be done, and told of when that one is.</summary>
    public int SlowItems { get; set; }

    /// <summary>True while it has several chunks with twice what it works on at a time: more would only be lost with it.</summary>
    public bool HasEnough => RunningChunks >= FewChunks && RunningItems - SlowItems >= 2 * Lanes;

    public int DoneItems { get; set; }

    public SiloProgress Progress => new(Name, RunningItems, DoneItems);

    /// <summary>False when it had left before.</summary>
    public bool TryLeave() => _gone.TrySetResult();
}
