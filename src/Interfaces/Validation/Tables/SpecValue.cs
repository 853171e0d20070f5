using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>A value that a schema has: a bound, or one that is allowed.</summary>
/// <param name="Text">The text of a JSON string, the JSON of anything else.</param>
/// <param name="Kind">What it is in JSON.</param>
/// <param name="Pointer">Where it is in the schema.</param>
internal sealed record SpecValue(string Text, JsonValueKind Kind, string Pointer)
{
    /// <summary>The value as a message shows it.</summary>
    public string Shown => SpecNode.Shorten(Text);

    public bool IsText => Kind == JsonValueKind.String;
}
