using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Armature.Testing.Images;

/// <summary>PNG files made chunk by chunk: good ones, and those that no encoder writes.</summary>
public static class MadePng
{
    /// <summary>A whole, gray picture.</summary>
    public static byte[] Gray(int width, int height, int bitDepth = 8, byte interlace = 0) =>
        With(width, height, bitDepth, interlace, [("IDAT", Pixels(width, height, bitDepth))]);

    /// <summary>64 x 64 pixels, and 40 texts that unpack to 8 MB each.</summary>
    public static byte[] WithPackedTexts()
    {
        var text = Deflate(8_000_000);
        var chunks = Enumerable.Range(0, 40).Select(i => ("zTXt", (byte[])[.. Encoding.ASCII.GetBytes($"text{i}"), 0, 0, .. text]));
        return With(64, 64, 8, 0, [.. chunks, ("IDAT", Pixels(64, 64, 8))]);
    }

    public static byte[] With(int width, int height, int bitDepth, byte interlace, IEnumerable<(string Type, byte[] Data)> chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[12] = interlace;
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, data) in chunks.Prepend(("IHDR", header)).Append(("IEND", [])))
        {
            Write(file, type, data);
        }

        return file.ToArray();
    }

    private static void Write(MemoryStream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static byte[] Pixels(int width, int height, int bitDepth) =>
        Deflate(height * (1L + ((((long)width * bitDepth) + 7) / 8)));

    /// <summary>That many zeros, packed.</summary>
    private static byte[] Deflate(long count)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var left = count; left > 0; left -= zeros.Length)
            {
                deflate.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }
        }

        return packed.ToArray();
    }
}
