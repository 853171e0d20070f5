namespace Armature.Images;

/// <summary>One variant of a processed image.</summary>
/// <param name="Variant">The name of the variant or preset.</param>
/// <param name="Format">Its format; never <see cref="ImageFormat.Source"/>.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels; of one frame when it is animated.</param>
/// <param name="Frames">Its frames; 1 when it is not animated.</param>
/// <param name="Bytes">The encoded picture. Not to be changed.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-output")]
public sealed record ImageOutput(
    [property: Id(0)] string Variant,
    [property: Id(1)] ImageFormat Format,
    [property: Id(2)] int Width,
    [property: Id(3)] int Height,
    [property: Id(4)] int Frames,
    [property: Id(5)] byte[] Bytes)
{
    /// <summary>Its media type, such as <c>image/jpeg</c>.</summary>
    public string ContentType => Format.ToContentType();
}
