using System.Collections.Immutable;

namespace Armature.Images;

/// <summary>A file of this machine as an item of the batch handler that lives in the command's own silo.</summary>
[GenerateSerializer, Immutable, Alias("armature.cli.image-file")]
internal sealed record ImageFile
{
    /// <summary>Where the file is.</summary>
    [Id(0)] public required string Path { get; init; }

    /// <summary>Where its outputs go, in the order of the plan's variants.</summary>
    [Id(1)] public required ImmutableArray<string> Outputs { get; init; }
}
