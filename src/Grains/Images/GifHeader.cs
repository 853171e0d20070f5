namespace Armature.Images;

/// <summary>Walks the blocks of a GIF: its canvas and how many frames it has.</summary>
internal static class GifHeader
{
    private const byte ImageBlock = 0x2C;
    private const byte ExtensionBlock = 0x21;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        var reader = new HeaderReader(image, ImageFormat.Gif);
        reader.Take(6);
        var width = reader.UInt16LittleEndian();
        var height = reader.UInt16LittleEndian();
        var flags = reader.Byte();
        reader.Take(2 + ColorTableLength(flags));
        var frames = 0;
        while (reader.Remaining > 0)
        {
            var block = reader.Byte();
            if (block == ExtensionBlock && reader.TrySkip(1))
            {
                SkipSubBlocks(ref reader);
            }
            else if (block == ImageBlock && reader.Remaining > 9)
            {
                frames++;
                width = Math.Max(width, reader.UInt16LittleEndian() + PeekSize(reader, 2));
                height = Math.Max(height, reader.UInt16LittleEndian() + PeekSize(reader, 2));
                reader.Take(4);
                if (!reader.TrySkip(ColorTableLength(reader.Byte()) + 1))
                {
                    break;
                }

                SkipSubBlocks(ref reader);
            }
            else
            {
                break;
            }
        }

        return new(ImageFormat.Gif, width, height) { Frames = frames };
    }

    /// <summary>A frame's left and top are followed, two bytes on, by its width and height.</summary>
    private static int PeekSize(HeaderReader reader, int distance)
    {
        reader.Take(distance);
        return reader.UInt16LittleEndian();
    }

    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x7) + 1);

    private static void SkipSubBlocks(ref HeaderReader reader)
    {
        while (reader.Remaining > 0)
        {
            var length = reader.Byte();
            if (length == 0 || !reader.TrySkip(length))
            {
                return;
            }
        }
    }
}
