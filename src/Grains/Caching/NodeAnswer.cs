namespace Armature.Caching;

/// <summary>What one silo answers.</summary>
/// <param name="Answer">What became of each key.</param>
/// <param name="Asked">The keys that were looked at, from the first; there was no room for the values of the others.</param>
/// <param name="Load">Who waits for the keys that others load; null when nothing was to be loaded.</param>
/// <param name="IsFull">True when there was no room either for values of keys that were looked at, and came from behind the memory.</param>
internal readonly record struct NodeAnswer(CacheAnswer Answer, int Asked, NodeLoad? Load, bool IsFull = false)
{
    public CacheServiceReply ToReply() => new(Answer.ToReply(), Asked, IsFull);
}
