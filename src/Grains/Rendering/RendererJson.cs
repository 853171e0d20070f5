using System.Text.Json.Serialization;

namespace Armature.Rendering;

/// <summary>How what goes to a renderer process and comes from it is JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RendererSettings))]
[JsonSerializable(typeof(RendererRequest))]
[JsonSerializable(typeof(PageHead))]
[JsonSerializable(typeof(RouteList))]
internal sealed partial class RendererJson : JsonSerializerContext;
