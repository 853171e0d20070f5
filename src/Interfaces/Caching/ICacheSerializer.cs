namespace Armature.Caching;

/// <summary>Writes a cache's values into bytes and reads them back. Thread-safe. All who use one cache choose the same.</summary>
public interface ICacheSerializer
{
    /// <summary>The bytes of a value. They must not change afterwards. An exception fails this value alone.</summary>
    ReadOnlyMemory<byte> Serialize<T>(T value);

    /// <summary>The value of bytes, which are the cache's own and must not be changed. An exception fails this value alone.</summary>
    T Deserialize<T>(ReadOnlyMemory<byte> bytes);
}
