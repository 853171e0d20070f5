using System.Text.Json;

namespace Armature.Caching;

/// <summary>Values as JSON in UTF-8.</summary>
public sealed class JsonCacheSerializer : ICacheSerializer
{
    private readonly JsonSerializerOptions? _options;

    /// <summary>Creates the serializer with the defaults of System.Text.Json.</summary>
    public JsonCacheSerializer()
    {
    }

    /// <summary>Creates the serializer with options, which may name a source-generated context.</summary>
    public JsonCacheSerializer(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, _options);

    /// <inheritdoc />
    public T Deserialize<T>(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<T>(bytes.Span, _options)!;
}
