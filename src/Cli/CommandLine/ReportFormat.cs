namespace Armature.CommandLine;

/// <summary>How a verb writes its result.</summary>
internal enum ReportFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,
}
