namespace Armature.Validation.Files;

/// <summary>What is written of a chunk whose place in the file is known.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-writing")]
internal sealed record FileWriting
{
    /// <summary>The row of the chunk's first record, as people count: the header is row 1.</summary>
    [Id(0)]
    public required long FirstRow { get; init; }

    /// <summary>The line of the chunk's first byte, from 1.</summary>
    [Id(1)]
    public required long FirstLine { get; init; }

    /// <summary>How failures are written; null when they are not.</summary>
    [Id(2)]
    public FailureFormat? Report { get; init; }

    /// <summary>Whether good records are written.</summary>
    [Id(3)]
    public bool Good { get; init; }

    /// <summary>Whether bad records are written.</summary>
    [Id(4)]
    public bool Bad { get; init; }

    /// <summary>Failures that only the whole file shows, in the order of records and rules.</summary>
    [Id(5)]
    public required KeyFailure[] Keys { get; init; }
}
