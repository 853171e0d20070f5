namespace Armature.Validation.Files;

/// <summary>An item of the batch handler <see cref="HandlerName"/>: all keys of a file whose hashes begin alike, those of one partition or of several.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-key-job")]
internal sealed record FileKeyJob
{
    /// <summary>The name that the handler is registered under.</summary>
    public const string HandlerName = "armature.validate-keys";

    /// <summary>Which run it is of.</summary>
    [Id(0)]
    public required Guid Run { get; init; }

    /// <summary>The first partition of them, 0 to 255.</summary>
    [Id(1)]
    public required int Partition { get; init; }

    /// <summary>The keys, those of earlier records first; null when they lie in the process of the silo (<see cref="LocalChunks"/>).</summary>
    [Id(2)]
    public byte[]? Keys { get; init; }

    /// <summary>What is asked of each set of keys, by the set's number.</summary>
    [Id(3)]
    public required KeySetKind[] Sets { get; init; }
}
