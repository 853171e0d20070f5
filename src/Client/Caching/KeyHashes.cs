using System.Text;

namespace Armature.Caching;

/// <summary>The hashes of one cache's keys.</summary>
internal sealed class KeyHashes(string cache)
{
    private const int MaxBytes = (3 * CacheLimits.MaxNameLength) + 1 + (3 * CacheLimits.MaxKeyLength);

    private readonly byte[] _prefix = [.. Encoding.UTF8.GetBytes(cache), 0];

    /// <summary>The hash of a key in UTF-8.</summary>
    public ulong Of(ReadOnlySpan<byte> key)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        _prefix.CopyTo(buffer);
        key.CopyTo(buffer[_prefix.Length..]);
        return CacheHash.Of(buffer[..(_prefix.Length + key.Length)]);
    }
}
