namespace Armature.Images;

/// <summary>Reads headers without decoding anything, in managed code: nothing a file says can make it read outside of the file.</summary>
internal static class ImageInspector
{
    /// <summary>Reads the header of an image.</summary>
    /// <exception cref="ImageException">The bytes are no picture of a known format, or its header is damaged.</exception>
    public static ImageHeader Inspect(ReadOnlySpan<byte> image)
    {
        var header = ImageSignature.Detect(image) switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(image),
            ImageFormat.Png => PngHeader.Read(image),
            ImageFormat.Gif => GifHeader.Read(image),
            ImageFormat.WebP => WebPHeader.Read(image),
            ImageFormat.Avif => AvifHeader.Read(image),
            ImageFormat.Tiff => TiffHeader.Read(image),
            _ => throw new ImageException(
                ImageErrorCodes.UnsupportedFormat, "The source is no picture of a known format; give JPEG, PNG, WebP, AVIF, GIF or TIFF."),
        };
        return header is { Width: > 0, Height: > 0, Frames: > 0 } ? header : throw Damaged(header.Format);
    }

    public static ImageException Damaged(ImageFormat format) =>
        new(ImageErrorCodes.DecodeFailed, $"The header of the {format} is damaged or cut off; send the whole file.");
}
