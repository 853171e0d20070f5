namespace Armature.Batching;

/// <summary>How much work this silo has, for its health.</summary>
public interface INodeLoad
{
    /// <summary>Items that wait or run on this silo.</summary>
    int Items { get; }

    /// <summary>True when it takes no more: <c>Batching:MaxNodeQueuedItems</c>.</summary>
    bool IsFull { get; }
}
