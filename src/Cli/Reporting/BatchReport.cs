using System.Text.Json.Serialization;
using Armature.CommandLine;

namespace Armature.Reporting;

/// <summary>What every batch verb tells at its end. A verb adds its own fields.</summary>
internal record BatchReport
{
    /// <summary>Items that were asked for.</summary>
    [JsonPropertyOrder(-4)]
    public required long Items { get; init; }

    /// <summary>Items whose result is there.</summary>
    [JsonPropertyOrder(-3)]
    public required long Succeeded { get; init; }

    /// <summary>Items that failed.</summary>
    [JsonPropertyOrder(-2)]
    public required IReadOnlyList<FailedItem> Failed { get; init; }

    /// <summary>How long it took.</summary>
    [JsonPropertyOrder(-1)]
    public required double Seconds { get; init; }

    /// <summary>True when it was cancelled, here or by another command.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Items that have neither a result nor an error: those left over when it was cancelled or could not go on.</summary>
    public long NotDone => Items - Succeeded - FailedItems;

    /// <summary>How many items failed, also those that are not listed.</summary>
    [JsonIgnore]
    protected virtual long FailedItems => Failed.Count;

    /// <summary>What the command ends with.</summary>
    [JsonIgnore]
    public virtual int ExitCode => Cancelled ? CommandLine.ExitCode.Cancelled : Failed.Count > 0 ? CommandLine.ExitCode.SomeFailed : CommandLine.ExitCode.Done;
}
