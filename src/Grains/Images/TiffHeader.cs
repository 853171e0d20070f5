using System.Buffers.Binary;

namespace Armature.Images;

/// <summary>Reads the first directory of a TIFF, the only page that is decoded.</summary>
internal static class TiffHeader
{
    private const int EntryLength = 12;
    private const int ImageWidth = 256;
    private const int ImageLength = 257;
    private const int SamplesPerPixel = 277;
    private const int TileWidth = 322;
    private const int TileLength = 323;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        var isLittle = image[0] == 'I';
        var directory = UInt32(image, 4, isLittle);
        var count = UInt16(image, directory, isLittle);
        int width = 0, height = 0, tileWidth = 0, tileHeight = 0, samples = 1;
        for (var i = 0; i < count; i++)
        {
            var entry = directory + 2 + ((long)i * EntryLength);
            switch (UInt16(image, entry, isLittle))
            {
                case ImageWidth: width = Value(image, entry, isLittle); break;
                case ImageLength: height = Value(image, entry, isLittle); break;
                case TileWidth: tileWidth = Value(image, entry, isLittle); break;
                case TileLength: tileHeight = Value(image, entry, isLittle); break;
                case SamplesPerPixel: samples = Value(image, entry, isLittle); break;
                default: break;
            }
        }

        // A tile is decoded whole, so a small picture in a huge tile is a huge picture.
        return width > 0 && height > 0
            ? new(ImageFormat.Tiff, Math.Max(width, tileWidth), Math.Max(height, tileHeight)) { Samples = Math.Max(1, samples) }
            : throw ImageInspector.Damaged(ImageFormat.Tiff);
    }

    /// <summary>The value of an entry that has one number, short or long.</summary>
    private static int Value(ReadOnlySpan<byte> image, long entry, bool isLittle)
    {
        const int Short = 3;
        var value = UInt16(image, entry + 2, isLittle) == Short
            ? (uint)UInt16(image, entry + 8, isLittle)
            : UInt32(image, entry + 8, isLittle);
        return value <= int.MaxValue ? (int)value : throw ImageInspector.Damaged(ImageFormat.Tiff);
    }

    private static int UInt16(ReadOnlySpan<byte> image, long at, bool isLittle)
    {
        var bytes = Slice(image, at, 2);
        return isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    private static uint UInt32(ReadOnlySpan<byte> image, long at, bool isLittle)
    {
        var bytes = Slice(image, at, 4);
        return isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> image, long at, int length) =>
        at >= 0 && at + length <= image.Length ? image.Slice((int)at, length) : throw ImageInspector.Damaged(ImageFormat.Tiff);
}
