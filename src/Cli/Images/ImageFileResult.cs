using Armature.FileSystem;

namespace Armature.Images;

/// <summary>A file whose outputs are written.</summary>
[GenerateSerializer, Immutable, Alias("armature.cli.image-file-result")]
internal sealed record ImageFileResult
{
    /// <summary>The length of the source that was read.</summary>
    [Id(0)] public required long SourceLength { get; init; }

    /// <summary>When the source that was read was written.</summary>
    [Id(1)] public required DateTime SourceWrittenAt { get; init; }

    /// <summary>The source as it was read.</summary>
    public FileStamp Source => new(SourceLength, SourceWrittenAt);
}
