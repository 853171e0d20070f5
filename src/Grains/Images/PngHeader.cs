namespace Armature.Images;

/// <summary>
/// Reads the first chunk of a PNG. Animated PNG has one frame here: its animation is not read, and its chunks are dropped
/// before decoding (<see cref="PngChunkFilter"/>).
/// </summary>
internal static class PngHeader
{
    public const int SignatureLength = 8;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        var reader = new HeaderReader(image, ImageFormat.Png);
        reader.Take(SignatureLength);
        var length = reader.UInt32BigEndian();
        if (length != 13 || !reader.Take(4).SequenceEqual("IHDR"u8))
        {
            throw ImageInspector.Damaged(ImageFormat.Png);
        }

        var width = reader.UInt32BigEndian();
        var height = reader.UInt32BigEndian();
        reader.Take(4);
        var isInterlaced = reader.Byte() != 0;
        return width <= int.MaxValue && height <= int.MaxValue
            ? new(ImageFormat.Png, (int)width, (int)height) { IsCostly = isInterlaced }
            : throw ImageInspector.Damaged(ImageFormat.Png);
    }
}
