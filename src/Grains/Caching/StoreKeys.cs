namespace Armature.Caching;

/// <summary>Makes the <see cref="StoreKey"/>s of one cache in a buffer, one at a time.</summary>
internal readonly ref struct StoreKeys
{
    /// <summary>The bytes that every one fits into: a character is at most three in UTF-8.</summary>
    public const int MaxBytes = (3 * CacheLimits.MaxNameLength) + 1 + MaxKeyBytes;

    public const int MaxKeyBytes = 3 * CacheLimits.MaxKeyLength;

    private readonly Span<byte> _buffer;
    private readonly int _prefixLength;

    public StoreKeys(byte[] prefix, Span<byte> buffer)
    {
        prefix.CopyTo(buffer);
        _buffer = buffer;
        _prefixLength = prefix.Length;
    }

    /// <summary>The store's key of a key. Good until the next one is made.</summary>
    public StoreKey Make(ReadOnlySpan<byte> key) => new(Copy(key));

    /// <inheritdoc cref="Make(ReadOnlySpan{byte})"/>
    public StoreKey Make(ReadOnlySpan<byte> key, ulong hash) => new(Copy(key), hash);

    private Span<byte> Copy(ReadOnlySpan<byte> key)
    {
        key.CopyTo(_buffer[_prefixLength..]);
        return _buffer[..(_prefixLength + key.Length)];
    }
}
