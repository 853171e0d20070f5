using System.Buffers.Binary;
using System.Text;

namespace Armature.Testing.Images;

/// <summary>AVIF files made box by box. Nothing in them can be decoded, except where a real file was changed.</summary>
public static class MadeAvif
{
    /// <summary>A picture of tiles: each tile and the whole declare their sizes.</summary>
    public static byte[] Headers(params (uint Width, uint Height)[] extents)
    {
        var properties = extents.SelectMany(extent => Box("ispe", [0, 0, 0, 0, .. Number(extent.Width), .. Number(extent.Height)])).ToArray();
        return
        [
            .. Box("ftyp", "avif\0\0\0\0mif1avif"u8.ToArray()),
            .. Box("meta", [0, 0, 0, 0, .. Box("hdlr", new byte[20]), .. Box("iprp", Box("ipco", properties))]),
            .. Box("mdat", new byte[32]),
        ];
    }

    /// <summary>A real file that declares another size than its pictures have.</summary>
    public static byte[] Redeclare(byte[] avif, uint width, uint height)
    {
        var changed = avif.ToArray();
        var at = changed.AsSpan().IndexOf("ispe"u8);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at + 8), width);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at + 12), height);
        return changed;
    }

    private static byte[] Box(string type, byte[] body) => [.. Number((uint)body.Length + 8), .. Encoding.ASCII.GetBytes(type), .. body];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
