namespace Armature.Storage;

/// <summary>A part of a blob.</summary>
/// <param name="Info">The blob that it is a part of, as it was when it was read.</param>
/// <param name="Bytes">The part. Not to be changed.</param>
[GenerateSerializer, Immutable, Alias("armature.storage.blob-range")]
public sealed record BlobRange(
    [property: Id(0)] BlobInfo Info,
    [property: Id(1)] byte[] Bytes);
