using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>By what a file is checked; the same for all of its chunks.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-rules")]
internal sealed record FileRules
{
    /// <summary>Names these rules within a process that keeps them ready.</summary>
    [Id(0)]
    public required Guid Run { get; init; }

    /// <summary>A Table Schema as JSON; empty where rules in code check the rows.</summary>
    [Id(1)]
    public byte[] Schema { get; init; } = [];

    /// <summary>The file's columns; null where it does not name them.</summary>
    [Id(2)]
    public string[]? Header { get; init; }

    /// <summary>How records are written.</summary>
    [Id(3)]
    public required RecordFormat Format { get; init; }

    /// <summary>How long they may be.</summary>
    [Id(4)]
    public required RecordLimits Limits { get; init; }

    /// <summary>Mixed into the hashes of keys, so that nobody can make a file whose keys collide.</summary>
    [Id(5)]
    public long HashSeed { get; init; }

    /// <summary>The file that this one refers to, when only its keys are taken; null for the file itself.</summary>
    [Id(6)]
    public ReferencedTable? Referenced { get; init; }
}
