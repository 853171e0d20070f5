using System.Buffers.Binary;

namespace Armature.Testing.Images;

/// <summary>TIFF directories made entry by entry. Nothing in them can be decoded.</summary>
public static class MadeTiff
{
    public static byte[] Headers(uint width, uint height, uint tile = 0, ushort samples = 1, bool isBigEndian = false)
    {
        var entries = new List<(ushort Tag, uint Value)> { (256, width), (257, height) };
        if (tile > 0)
        {
            entries.AddRange([(322, tile), (323, tile)]);
        }

        var file = new byte[8 + 2 + ((entries.Count + 1) * 12) + 4];
        (isBigEndian ? "MM\0*"u8 : "II*\0"u8).CopyTo(file);
        Write32(file, 4, 8, isBigEndian);
        Write16(file, 8, (ushort)(entries.Count + 1), isBigEndian);
        var at = 10;
        foreach (var (tag, value) in entries)
        {
            Write16(file, at, tag, isBigEndian);
            Write16(file, at + 2, 4, isBigEndian);
            Write32(file, at + 4, 1, isBigEndian);
            Write32(file, at + 8, value, isBigEndian);
            at += 12;
        }

        Write16(file, at, 277, isBigEndian);
        Write16(file, at + 2, 3, isBigEndian);
        Write32(file, at + 4, 1, isBigEndian);
        Write16(file, at + 8, samples, isBigEndian);
        return file;
    }

    private static void Write16(byte[] file, int at, ushort value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), value);
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
    }

    private static void Write32(byte[] file, int at, uint value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
    }
}
