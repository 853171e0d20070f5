using Orleans.Serialization;

namespace Armature.Caching;

/// <summary>Values as the Orleans serializer writes them.</summary>
internal sealed class OrleansCacheSerializer(Serializer serializer) : ICacheSerializer
{
    public ReadOnlyMemory<byte> Serialize<T>(T value) => serializer.SerializeToArray(value);

    public T Deserialize<T>(ReadOnlyMemory<byte> bytes) => serializer.Deserialize<T>(bytes)!;
}
