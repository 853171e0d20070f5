using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>An item of the batch handler <see cref="HandlerName"/>: a part of a file, which begins and ends where records do.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.file-chunk-job")]
internal sealed record FileChunkJob
{
    /// <summary>The name that the handler is registered under.</summary>
    public const string HandlerName = "armature.validate-chunk";

    /// <summary>By what it is checked.</summary>
    [Id(0)]
    public required FileRules Rules { get; init; }

    /// <summary>The chunk's place in the file, from 0.</summary>
    [Id(1)]
    public required int Index { get; init; }

    /// <summary>Its bytes; null when they lie in the process of the silo (<see cref="LocalChunks"/>).</summary>
    [Id(2)]
    public byte[]? Bytes { get; init; }

    /// <summary>How many failures are told one by one; all are counted.</summary>
    [Id(3)]
    public required int MaxFailures { get; init; }

    /// <summary>What is written of it; null when it is only checked.</summary>
    [Id(4)]
    public FileWriting? Writing { get; init; }

    /// <summary>For a record that is too long to be looked at, which is a chunk of its own: how many line ends it has. Null for all others.</summary>
    [Id(5)]
    public int? OversizedLines { get; init; }

    /// <summary>The job of a chunk.</summary>
    public static FileChunkJob Of(RecordChunk chunk, FileRules rules, int maxFailures) => new()
    {
        Rules = rules,
        Index = chunk.Index,
        MaxFailures = maxFailures,
        OversizedLines = chunk.IsOversized ? (int)Math.Min(int.MaxValue, chunk.OversizedLines) : null,
    };
}
