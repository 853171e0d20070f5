namespace Armature.Caching;

/// <summary>What a <see cref="CacheEntry{T}"/> with a value is.</summary>
internal sealed class EntryState
{
    public static readonly EntryState Found = new();

    public static readonly EntryState Stale = new();

    private EntryState()
    {
    }
}
