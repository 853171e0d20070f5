namespace Armature.Caching;

/// <summary>Values that are bytes already. Memory is passed on as it is, both ways; an array is a copy for its reader.</summary>
internal sealed class RawCacheSerializer : ICacheSerializer
{
    public static RawCacheSerializer Instance { get; } = new();

    public static bool CanWrite(Type type) => type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]);

    public ReadOnlyMemory<byte> Serialize<T>(T value) => value switch
    {
        ReadOnlyMemory<byte> memory => memory,
        byte[] array => array,
        _ => throw new ArgumentNullException(nameof(value), "Raw bytes cannot be null. Give an empty array, or choose another format."),
    };

    public T Deserialize<T>(ReadOnlyMemory<byte> bytes) => typeof(T) == typeof(ReadOnlyMemory<byte>)
        ? (T)(object)bytes
        : (T)(object)bytes.ToArray();
}
