using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>An entry as it was read. Its bytes never change, also after the entry is gone.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">The number that the value was written with.</param>
/// <param name="ExpiresAt">On the cache's clock; <see cref="CacheTime.Never"/> for an entry that does not expire.</param>
/// <param name="TagsLength">The bytes of the tags, which lie behind the value in the same array.</param>
/// <param name="IsStale">True when it has expired, and is kept.</param>
/// <param name="IsMoved">True when this read moved a sliding expiry, and is the first in a while that did: about a quarter of its time.</param>
internal readonly record struct CachedValue(ReadOnlyMemory<byte> Value, long Version, long ExpiresAt, int TagsLength, bool IsStale = false, bool IsMoved = false)
{
    /// <summary>The tags that it was written with, as <see cref="PackedTags"/> reads them.</summary>
    public PackedTags Tags
    {
        get
        {
            if (TagsLength == 0 || !MemoryMarshal.TryGetArray(Value, out var value))
            {
                return default;
            }

            return new(value.Array.AsMemory(value.Offset + value.Count, TagsLength));
        }
    }
}
