using System.Text.Json;
using System.Text.Json.Serialization;

namespace Armature.Rendering;

/// <summary>A request to a renderer process.</summary>
/// <param name="Op"><c>render</c> or <c>routes</c>.</param>
/// <param name="Route">The page.</param>
/// <param name="TimeoutMs">After so many milliseconds the page is told to stop.</param>
internal sealed record RendererRequest(string Op, string? Route, [property: JsonPropertyName("timeout_ms")] int TimeoutMs)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RendererJson.Default.RendererRequest);
}
