namespace Armature.Storage;

/// <summary>A part of a blob on its way through the cluster.</summary>
/// <param name="Offset">Where in the blob it starts.</param>
/// <param name="Bytes">The bytes: at most <see cref="MaxBytes"/>. Not to be changed, by the sender neither.</param>
[GenerateSerializer, Immutable, Alias("armature.storage.blob-piece")]
public sealed record BlobPiece(
    [property: Id(0)] long Offset,
    [property: Id(1)] byte[] Bytes)
{
    /// <summary>Bytes of one piece.</summary>
    public const int MaxBytes = 1 << 20;
}
