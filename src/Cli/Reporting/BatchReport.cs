using System.Text.Json.Serialization;
using Armature.CommandLine;

namespace Armature.Reporting;

/// <summary>What every batch verb tells at its end. A verb adds its own fields.</summary>
internal record BatchReport
{
    /// <summary>Items that were asked for.</summary>
    [JsonPropertyOrder(-4)]
    public required int Items { get; init; }

    /// <summary>Items whose result is there.</summary>
    [JsonPropertyOrder(-3)]
    public required int Succeeded { get; init; }

    /// <summary>Items that failed.</summary>
    [JsonPropertyOrder(-2)]
    public required IReadOnlyList<FailedItem> Failed { get; init; }

    /// <summary>How long it took.</summary>
    [JsonPropertyOrder(-1)]
    public required double Seconds { get; init; }

    /// <summary>True when it was interrupted: items that are neither succeeded nor failed were not done.</summary>
    public bool Cancelled { get; init; }

    /// <summary>What the command ends with.</summary>
    [JsonIgnore]
    public int ExitCode => Cancelled ? CommandLine.ExitCode.Cancelled : Failed.Count > 0 ? CommandLine.ExitCode.SomeFailed : CommandLine.ExitCode.Done;
}
