using System.Text;
using System.Text.Json;

namespace Armature.Caching;

/// <summary>One line of a file to warm a cache with.</summary>
internal static class WarmLine
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line in UTF-8.</param>
    /// <param name="isSliding">Whether its time to live counts from the last read.</param>
    /// <param name="item">The entry; its value is the JSON of the line, as it stands there.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Read(ReadOnlyMemory<byte> line, bool isSliding, out CacheItem<ReadOnlyMemory<byte>> item)
    {
        item = default;
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return Read(document.RootElement, isSliding, out item);
        }
        catch (JsonException exception)
        {
            return $"It is no JSON: {exception.Message}";
        }
        catch (InvalidOperationException)
        {
            return "It has text that is none: bytes that are not UTF-8, or half of a surrogate pair alone.";
        }
    }

    private static string? Read(JsonElement line, bool isSliding, out CacheItem<ReadOnlyMemory<byte>> item)
    {
        item = default;
        if (line.ValueKind != JsonValueKind.Object
            || !line.TryGetProperty("key", out var key)
            || key.ValueKind != JsonValueKind.String
            || !line.TryGetProperty("value", out var value))
        {
            return """It is not of the form {"key":"a","value":...,"ttl":"5m"}: key is text, value any JSON, ttl may be left out.""";
        }

        if (!line.TryGetProperty("ttl", out var ttl))
        {
            item = new(key.GetString()!, Encoding.UTF8.GetBytes(value.GetRawText()));
            return null;
        }

        var time = TimeSpan.Zero;
        var error = "ttl is neither a number of seconds nor text such as \"5m\", from 1ms to 3650d.";
        var isRead = ttl.ValueKind switch
        {
            JsonValueKind.Number => ttl.TryGetDouble(out var seconds) && CacheTtlText.TryCreate(seconds, out time),
            JsonValueKind.String => CacheTtlText.TryParse(ttl.GetString()!, out time, out error),
            _ => false,
        };
        if (!isRead)
        {
            return error;
        }

        item = new(key.GetString()!, Encoding.UTF8.GetBytes(value.GetRawText()), isSliding ? CacheExpiry.Sliding(time) : CacheExpiry.After(time));
        return null;
    }
}
