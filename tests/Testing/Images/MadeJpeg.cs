namespace Armature.Testing.Images;

/// <summary>JPEG files taken apart and put together otherwise.</summary>
public static class MadeJpeg
{
    /// <summary>The headers of a JPEG and as many empty scans as are wanted. Nothing in it can be decoded.</summary>
    public static byte[] Headers(int width, int height, byte frameMarker = 0xC0, int scans = 1)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        file.Write([0xFF, frameMarker, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        for (var i = 0; i < scans; i++)
        {
            file.Write([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0x00, 0x34]);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>A progressive JPEG with its last scan repeated until there are so many.</summary>
    public static byte[] RepeatLastScan(byte[] progressive, int scans)
    {
        var last = progressive.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = progressive.AsSpan()[last..^2];
        using var file = new MemoryStream();
        file.Write(progressive.AsSpan()[..last]);
        for (var i = 0; i < scans; i++)
        {
            file.Write(scan);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }
}
