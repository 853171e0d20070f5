namespace Armature.Images;

/// <summary>How an output is encoded. What is null is left to the processor, whose defaults docs/images.md lists.</summary>
/// <param name="Format">The output's format.</param>
/// <param name="Quality">1 to 100; for JPEG, lossy WebP and AVIF.</param>
/// <param name="Effort">How much time is spent on fewer bytes: WebP 0 to 6, AVIF 0 to 9, GIF and PNG 1 to 10.</param>
/// <param name="Compression">Whether pixels may be changed for fewer bytes.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-encoding")]
public sealed record ImageEncoding(
    [property: Id(0)] ImageFormat Format,
    [property: Id(1)] int? Quality = null,
    [property: Id(2)] int? Effort = null,
    [property: Id(3)] ImageCompression Compression = ImageCompression.Lossy)
{
    /// <summary>The source's format with the processor's defaults.</summary>
    public static ImageEncoding AsSource { get; } = new(ImageFormat.Source);
}
