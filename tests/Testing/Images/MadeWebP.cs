using System.Buffers.Binary;
using System.Text;

namespace Armature.Testing.Images;

/// <summary>WebP files made chunk by chunk. Nothing in them can be decoded.</summary>
public static class MadeWebP
{
    public static byte[] Lossy(int width, int height) => File(Chunk("VP8 ", LossyHeader(width, height)));

    public static byte[] Lossless(int width, int height) =>
        File(Chunk("VP8L", [0x2F, .. LittleEndian((uint)(width - 1) | ((uint)(height - 1) << 14)), 0, 0]));

    /// <summary>A canvas with frames whose pictures have a size of their own.</summary>
    public static byte[] Animated(int width, int height, int frames, int frameWidth, int frameHeight)
    {
        var frame = Chunk("ANMF", [.. new byte[16], .. Chunk("VP8 ", LossyHeader(frameWidth, frameHeight))]);
        var canvas = Chunk("VP8X", [0x02, 0, 0, 0, .. LittleEndian((uint)(width - 1))[..3], .. LittleEndian((uint)(height - 1))[..3]]);
        return File([.. canvas, .. Enumerable.Repeat(frame, frames).SelectMany(f => f)]);
    }

    private static byte[] LossyHeader(int width, int height) =>
        [0x10, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0];

    private static byte[] File(byte[] chunks) =>
        [.. "RIFF"u8, .. LittleEndian((uint)chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(string type, byte[] body) =>
        [.. Encoding.ASCII.GetBytes(type), .. LittleEndian((uint)body.Length), .. body, .. new byte[body.Length & 1]];

    private static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
