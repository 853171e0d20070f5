using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Armature.Processes;

namespace Armature.Rendering.Node;

/// <summary>What a renderer answered: a payload, or a failure.</summary>
internal sealed record RendererAnswer(byte[] Payload, RequestFailure? Failure)
{
    /// <summary>The answer of a child that died instead.</summary>
    internal static RendererAnswer Died { get; } = new([], new RequestFailure("died", "the child died"));

    internal string? Code => Failure?.Code;

    internal string Message => Failure?.Message ?? "";

    internal int Status => Head.GetProperty("status").GetInt32();

    internal string Html => Encoding.UTF8.GetString(Payload.AsSpan(4 + HeadBytes));

    internal string Text => Encoding.UTF8.GetString(Payload);

    private int HeadBytes => BinaryPrimitives.ReadInt32LittleEndian(Payload);

    private JsonElement Head => JsonElement.Parse(Payload.AsSpan(4, HeadBytes));

    internal string? Header(string name) => Head.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static RendererAnswer OfResponse(byte[] payload) => new(payload, null);

    internal static RendererAnswer OfFailure(byte[] payload) => new([], RequestFailure.FromPayload(payload));
}
