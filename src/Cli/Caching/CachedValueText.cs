using System.Text;
using System.Text.Json;
using Armature.Terminal;

namespace Armature.Caching;

/// <summary>Makes what was cached readable, whoever wrote it.</summary>
internal static class CachedValueText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is told of an entry that was found.</summary>
    public static CacheLine Describe(string key, ReadOnlyMemory<byte> value)
    {
        if (ReadText(value) is not { } text)
        {
            var base64 = Convert.ToBase64String(value.Span);
            return new(key, true) { Base64 = base64, Words = $"base64 {base64}" };
        }

        return ReadJson(text) is { } json
            ? new(key, true) { Value = json, Words = VisibleText.Of(text) }
            : new(key, true) { Text = text, Words = VisibleText.Of(text) };
    }

    private static string? ReadText(ReadOnlyMemory<byte> value)
    {
        try
        {
            return Utf8.GetString(value.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static JsonElement? ReadJson(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
