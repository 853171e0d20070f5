using Armature.Batching;

namespace Armature.Validation;

/// <summary>Records on their way to a silo: one item of a batch.</summary>
/// <param name="RuleSet">The name of their rules.</param>
/// <param name="Records">The records, each written by the Orleans serializer.</param>
/// <param name="Culture">The language of messages, by its name.</param>
/// <param name="Run">The call that they belong to: what its lookups said is remembered for it.</param>
/// <typeparam name="T">The records.</typeparam>
[GenerateSerializer, Immutable, Alias("armature.validation.record-chunk`1")]
public sealed record RecordChunk<T>([property: Id(0)] string RuleSet, [property: Id(1)] PackedEntries Records, [property: Id(2)] string Culture, [property: Id(3)] Guid Run);
