using System.Collections.Immutable;

namespace Armature.Validation;

/// <summary>What was found in a <see cref="RecordChunk{T}"/>. Records that are not mentioned keep all rules.</summary>
/// <param name="Findings">The others, in their order.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.report-chunk")]
public sealed record ReportChunk([property: Id(0)] ImmutableArray<RecordFinding> Findings);
