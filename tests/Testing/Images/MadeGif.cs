namespace Armature.Testing.Images;

/// <summary>GIF files made block by block.</summary>
public static class MadeGif
{
    private static readonly byte[] Control = [0x21, 0xF9, 0x04, 0x00, 0x05, 0x00, 0x00, 0x00];
    private static readonly byte[] OnePixel = [0x02, 0x02, 0x44, 0x01, 0x00];

    /// <summary>A canvas and frames of one pixel, for animations of any length.</summary>
    public static byte[] WithFrames(int width, int height, int frames)
    {
        using var file = new MemoryStream();
        file.Write("GIF89a"u8);
        file.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0x00, 0x00]);
        file.Write([0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF]);
        for (var i = 0; i < frames; i++)
        {
            file.Write(Control);
            file.Write([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0]);
            file.Write(OnePixel);
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }
}
