using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Distributed;

namespace Armature.Caching;

/// <summary>
/// The bytes of a distributed cache's entry: one that says whether there is a last moment, that moment where there is, and the caller's.
/// The moment is there for entries with a sliding and an absolute expiry: the cache itself keeps one of the two.
/// </summary>
internal static class DistributedEntry
{
    private const int ShortHeader = 1;
    private const int LongHeader = ShortHeader + sizeof(long);

    /// <summary>Writes an entry.</summary>
    /// <param name="value">The caller's bytes.</param>
    /// <param name="options">When the caller wants it to expire.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last moment is over.</exception>
    public static (ReadOnlyMemory<byte> Bytes, CacheExpiry? Expiry) Write(in ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        TimeSpan? absolute = options.AbsoluteExpirationRelativeToNow ?? (options.AbsoluteExpiration - now);
        if (absolute <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.AbsoluteExpiration, "The absolute expiration must be in the future.");
        }

        var isBoth = options.SlidingExpiration < absolute;
        var bytes = new byte[(isBoth ? LongHeader : ShortHeader) + value.Length];
        if (isBoth)
        {
            bytes[0] = 1;
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(ShortHeader), (now + absolute!.Value).ToUnixTimeMilliseconds());
        }

        value.CopyTo(bytes.AsSpan(isBoth ? LongHeader : ShortHeader));
        return (bytes, options.SlidingExpiration is { } sliding && (isBoth || absolute is null) ? CacheExpiry.Sliding(sliding) : absolute);
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>The caller's bytes; null when the last moment is over.</returns>
    /// <exception cref="InvalidDataException">A distributed cache did not write it.</exception>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        switch (bytes.Span)
        {
            case [0, ..]:
                return bytes[ShortHeader..];
            case [1, ..] span when span.Length >= LongHeader:
                return BinaryPrimitives.ReadInt64LittleEndian(span[ShortHeader..]) > now.ToUnixTimeMilliseconds() ? bytes[LongHeader..] : default(ReadOnlyMemory<byte>?);
            default:
                throw new InvalidDataException("The entry was not written by a distributed cache. Give the distributed cache a name that nothing else uses.");
        }
    }
}
