namespace Armature.Batching;

/// <summary>What a silo says of a handler.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.handler-description")]
internal sealed record HandlerDescription
{
    /// <summary>Items at a time; 0 when the silo has no such handler or is stopping.</summary>
    [Id(0)] public required int Capacity { get; init; }

    /// <summary>The handler's item type.</summary>
    [Id(1)] public string ItemType { get; init; } = "";

    /// <summary>The handler's result type.</summary>
    [Id(2)] public string ResultType { get; init; } = "";

    /// <summary>The longest time for one item, when the caller gives none.</summary>
    [Id(3)] public TimeSpan ItemTimeout { get; init; }

    /// <summary>Attempts at one item, when the caller gives none.</summary>
    [Id(4)] public int MaxAttempts { get; init; }

    /// <summary>Whether running items may be started a second time.</summary>
    [Id(5)] public TailReissue TailReissue { get; init; }

    /// <summary>The handlers the silo has, when it has not this one.</summary>
    [Id(6)] public string[] Registered { get; init; } = [];

    /// <summary>Whether the silo can run an item with nothing beside it: false for one that does not know <see cref="INodeService.HoldAsync"/>.</summary>
    [Id(7)] public bool CanHold { get; init; }
}
