namespace Armature.Images;

/// <summary>Walks the markers of a JPEG: size, kind of coding, number of scans.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        var reader = new HeaderReader(image, ImageFormat.Jpeg);
        reader.Take(2);
        int width = 0, height = 0, samples = 1, scans = 0;
        var isProgressive = false;
        while (TryReadMarker(ref reader, out var marker) && marker != EndOfImage)
        {
            if (IsBare(marker))
            {
                continue;
            }

            if (reader.Remaining < 2)
            {
                break;
            }

            var length = reader.UInt16BigEndian() - 2;
            if (IsFrame(marker))
            {
                var frame = new HeaderReader(reader.Take(length), ImageFormat.Jpeg);
                frame.Byte();
                height = Math.Max(height, frame.UInt16BigEndian());
                width = Math.Max(width, frame.UInt16BigEndian());
                samples = Math.Max(samples, frame.Byte());
                isProgressive |= (marker & 0x3) == 0x2;
                continue;
            }

            scans += marker == StartOfScan ? 1 : 0;
            if (!reader.TrySkip(length))
            {
                break;
            }
        }

        return new(ImageFormat.Jpeg, width, height) { Scans = Math.Max(1, scans), Samples = samples, IsCostly = isProgressive };
    }

    /// <summary>Finds the next marker, over the coded data of a scan and whatever else stands between.</summary>
    private static bool TryReadMarker(ref HeaderReader reader, out byte marker)
    {
        marker = 0;
        while (reader.Remaining >= 2)
        {
            var at = reader.Rest[..^1].IndexOf((byte)0xFF);
            if (at < 0)
            {
                return false;
            }

            reader.Take(at + 1);
            marker = reader.Rest[0];
            if (marker is not 0x00 and not 0xFF)
            {
                reader.Take(1);
                return true;
            }
        }

        return false;
    }

    /// <summary>Markers without a length: restarts, start of image, TEM.</summary>
    private static bool IsBare(byte marker) => marker is >= 0xD0 and <= 0xD8 or 0x01;

    /// <summary>A frame header; C4, C8 and CC in its range are tables and a reserved code.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;
}
