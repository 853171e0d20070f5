using System.Text.Json;
using System.Text.Json.Serialization;

namespace Armature.Caching;

/// <summary>What a verb tells of one key. Of its value there is one form: JSON where it is that, else text, else base64.</summary>
/// <param name="Key">The key.</param>
/// <param name="Found">Whether there is an entry, or was one.</param>
internal sealed record CacheLine(string Key, bool Found)
{
    /// <summary>The value, when it is JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }

    /// <summary>The value, when it is other text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The value, when it is no text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Base64 { get; init; }

    /// <summary>Whether the entry expires; null where that was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Expires { get; init; }

    /// <summary>Seconds that the entry lives on; null when it does not expire.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TtlSeconds { get; init; }

    /// <summary>The same for people.</summary>
    [JsonIgnore]
    public string Words { get; init; } = "";
}
