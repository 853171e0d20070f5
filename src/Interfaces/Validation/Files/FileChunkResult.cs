namespace Armature.Validation.Files;

/// <summary>What a chunk holds and breaks.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-chunk-result")]
internal sealed record FileChunkResult
{
    /// <summary>The chunk's place in the file.</summary>
    [Id(0)]
    public required int Index { get; init; }

    /// <summary>How many records it has.</summary>
    [Id(1)]
    public required int Records { get; init; }

    /// <summary>How many of them break a rule.</summary>
    [Id(2)]
    public required int BadRecords { get; init; }

    /// <summary>How many line ends it has.</summary>
    [Id(3)]
    public required long Lines { get; init; }

    /// <summary>How often each rule is broken, by the rule's place: those that are known before come first, those of <see cref="Found"/> after them.</summary>
    [Id(4)]
    public required long[] Counts { get; init; }

    /// <summary>The first failures (<see cref="PackedFailures"/>).</summary>
    [Id(5)]
    public byte[] Failures { get; init; } = [];

    /// <summary>The keys (<see cref="KeyEntry"/>), in the order of the records; null when they lie in this process, or there are none.</summary>
    [Id(6)]
    public byte[]? Keys { get; init; }

    /// <summary>Lines of the report.</summary>
    [Id(7)]
    public byte[] Report { get; init; } = [];

    /// <summary>The good records.</summary>
    [Id(8)]
    public byte[] Good { get; init; } = [];

    /// <summary>The bad records.</summary>
    [Id(9)]
    public byte[] Bad { get; init; } = [];

    /// <summary>Rules in code that are broken; they are known when they are, and come in the order in which records break them.</summary>
    [Id(10)]
    public FoundRule[] Found { get; init; } = [];
}
