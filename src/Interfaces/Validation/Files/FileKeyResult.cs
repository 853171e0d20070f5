namespace Armature.Validation.Files;

/// <summary>The keys of a job that break their rule.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-key-result")]
internal sealed record FileKeyResult
{
    /// <summary>The job's first partition.</summary>
    [Id(0)]
    public required int Partition { get; init; }

    /// <summary>Pairs of <see cref="KeyEntry.Position"/>: the key that breaks the rule, and the first of its kind (its own where there is none). In the order of the former.</summary>
    [Id(1)]
    public required ulong[] Found { get; init; }
}
