using System.Buffers.Binary;

namespace Armature.Images;

/// <summary>Tells a picture's format from its first bytes. Names and media types that a sender gives are never trusted.</summary>
public static class ImageSignature
{
    /// <summary>How many of the first bytes suffice.</summary>
    public const int Length = 64;

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The format; null when the bytes are no picture of a format that is read.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        _ when bytes.StartsWith(Jpeg) => ImageFormat.Jpeg,
        _ when bytes.StartsWith(Png) => ImageFormat.Png,
        _ when bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) => ImageFormat.Gif,
        _ when bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) => ImageFormat.Tiff,
        _ when bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) => ImageFormat.WebP,
        _ when IsAvif(bytes) => ImageFormat.Avif,
        _ => null,
    };

    /// <summary>An <c>ftyp</c> box whose major or compatible brands name AVIF.</summary>
    private static bool IsAvif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || !bytes[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var brands = bytes[8..(int)Math.Clamp(size, 8, (uint)Math.Min(bytes.Length, Length))];
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (brands.StartsWith("avif"u8) || brands.StartsWith("avis"u8))
            {
                return true;
            }
        }

        return false;
    }
}
