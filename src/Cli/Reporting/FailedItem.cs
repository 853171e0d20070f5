using System.Text.Json.Serialization;

namespace Armature.Reporting;

/// <summary>An item that failed.</summary>
/// <param name="Item">What it is: for a file its path.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record FailedItem(string Item, string Code, string Message)
{
    /// <summary>Its place in the batch; null for what is named by something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }

    /// <summary>Where it is in a file of records; null for what is in none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailedPlace? At { get; init; }
}
