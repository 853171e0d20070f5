namespace Armature.Caching;

/// <summary>A partition in a dictionary.</summary>
internal sealed class DictionaryLoadTarget : ILoadTarget
{
    private readonly Dictionary<byte[], CachedValue> _entries = new(KeyComparer.Instance);
    private long _version;

    public byte[] Prefix => [];

    public int Partition => 0;

    /// <summary>Called at each look at an entry, and at each number that is taken.</summary>
    public Action Asked { get; set; } = () => { };

    public long NextVersion()
    {
        Asked();
        return ++_version;
    }

    public bool TryRead(ReadOnlySpan<byte> key, out CachedValue found)
    {
        Asked();
        return _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out found);
    }

    public CachedValue Write(byte[] key, byte value, long version) => _entries[key] = new(new[] { value }, version, CacheTime.Never, TagsLength: 0);
}
