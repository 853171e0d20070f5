namespace Armature.Images;

/// <summary>Walks the chunks of a WebP: its canvas, the sizes of its pictures, how many frames it has.</summary>
internal static class WebPHeader
{
    private const int FrameHeaderLength = 16;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        var reader = new HeaderReader(image, ImageFormat.WebP);
        reader.Take(12);
        var size = default(Size);
        var frames = 0;
        while (reader.Remaining >= 8)
        {
            var type = reader.Take(4);
            var length = reader.UInt32LittleEndian();
            var body = reader.Rest[..(int)Math.Min(length, reader.Remaining)];
            size = size.Max(ReadSize(type, body));
            if (type.SequenceEqual("ANMF"u8))
            {
                frames++;
                size = size.Max(ReadFrame(body));
            }

            // Chunks are padded to an even length.
            if (!reader.TrySkip(length + (length & 1)))
            {
                break;
            }
        }

        return new(ImageFormat.WebP, size.Width, size.Height) { Frames = Math.Max(1, frames) };
    }

    /// <summary>The pictures inside of a frame: what is decoded is their size, whatever the canvas says.</summary>
    private static Size ReadFrame(ReadOnlySpan<byte> frame)
    {
        var size = default(Size);
        if (frame.Length < FrameHeaderLength)
        {
            return size;
        }

        var reader = new HeaderReader(frame[FrameHeaderLength..], ImageFormat.WebP);
        while (reader.Remaining >= 8)
        {
            var type = reader.Take(4);
            var length = reader.UInt32LittleEndian();
            size = size.Max(ReadSize(type, reader.Rest[..(int)Math.Min(length, reader.Remaining)]));
            reader.TrySkip(length + (length & 1));
        }

        return size;
    }

    private static Size ReadSize(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        var reader = new HeaderReader(body, ImageFormat.WebP);
        if (type.SequenceEqual("VP8X"u8))
        {
            reader.Take(4);
            return new(reader.UInt24LittleEndian() + 1, reader.UInt24LittleEndian() + 1);
        }

        if (type.SequenceEqual("VP8L"u8))
        {
            reader.Take(1);
            var bits = reader.UInt32LittleEndian();
            return new((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        if (type.SequenceEqual("VP8 "u8))
        {
            reader.Take(6);
            return new(reader.UInt16LittleEndian() & 0x3FFF, reader.UInt16LittleEndian() & 0x3FFF);
        }

        return default;
    }

    private readonly record struct Size(int Width, int Height)
    {
        public Size Max(Size other) => new(Math.Max(Width, other.Width), Math.Max(Height, other.Height));
    }
}
