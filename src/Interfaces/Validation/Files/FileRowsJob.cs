namespace Armature.Validation.Files;

/// <summary>An item of the batch handlers of rules in code (<see cref="RuleSetName.ToFileHandler"/>): a part of a file whose rows are checked as records.</summary>
/// <param name="Chunk">The part.</param>
/// <param name="RuleSet">The name of the rules.</param>
/// <param name="Culture">The language of messages, by its name.</param>
/// <param name="Good">Whether good rows are given back.</param>
/// <param name="Bad">Whether bad rows are given back.</param>
/// <typeparam name="T">The records.</typeparam>
[GenerateSerializer, Immutable, Alias("armature.validation.file-rows-job`1")]
internal sealed record FileRowsJob<T>(
    [property: Id(0)] FileChunkJob Chunk, [property: Id(1)] string RuleSet, [property: Id(2)] string Culture, [property: Id(3)] bool Good, [property: Id(4)] bool Bad);
