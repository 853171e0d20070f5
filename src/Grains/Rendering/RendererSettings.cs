using System.Text.Json;
using System.Text.Json.Serialization;

namespace Armature.Rendering;

/// <summary>What a renderer process is told at its start, as a file.</summary>
/// <param name="Root">The folder of the bundle.</param>
/// <param name="Adapter"><c>angular</c> or <c>module</c>.</param>
/// <param name="Entry">The module in it.</param>
/// <param name="Template">The page around what a module renders.</param>
/// <param name="Origin">Scheme, host and port of every page.</param>
/// <param name="MaxInFlight">Pages at a time, at most.</param>
internal sealed record RendererSettings(string Root, string Adapter, string Entry, string? Template, string Origin, int MaxInFlight)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RendererJson.Default.RendererSettings);
}
