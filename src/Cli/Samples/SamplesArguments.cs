using Armature.CommandLine;

namespace Armature.Samples;

/// <summary>What <c>armature samples</c> was asked for.</summary>
/// <param name="Folder">The folder of the pictures.</param>
/// <param name="Count">How many there shall be.</param>
/// <param name="Format">How the result is written.</param>
internal sealed record SamplesArguments(string Folder, int Count, ReportFormat Format);
