using System.Buffers.Binary;

namespace Armature.Images;

/// <summary>
/// Drops from a PNG every chunk that its pixels do not need. Compressed text can make a picture of 300 KB take seconds and a gigabyte
/// in the header alone; what is dropped is not in any output unless metadata is kept.
/// </summary>
internal static class PngChunkFilter
{
    private const int Frame = 12;
    private const int MaxAncillaryBytes = 1 << 20;

    /// <summary>The PNG itself when it has nothing to drop; otherwise a copy without.</summary>
    public static ReadOnlyMemory<byte> Filter(ReadOnlyMemory<byte> png)
    {
        var kept = new List<Range>();
        var seen = new HashSet<uint>();
        var at = PngHeader.SignatureLength;
        var keptBytes = at;
        while (png.Length - at >= Frame)
        {
            var span = png.Span[at..];
            var end = Math.Min(Frame + (long)BinaryPrimitives.ReadUInt32BigEndian(span), span.Length);
            var type = span.Slice(4, 4);
            if (IsKept(type, span[..(int)end], seen))
            {
                kept.Add(at..(at + (int)end));
                keptBytes += (int)end;
            }

            at += (int)end;
            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        return keptBytes == png.Length ? png : Copy(png.Span, kept, keptBytes);
    }

    private static byte[] Copy(ReadOnlySpan<byte> png, List<Range> kept, int length)
    {
        var copy = new byte[length];
        png[..PngHeader.SignatureLength].CopyTo(copy);
        var at = PngHeader.SignatureLength;
        foreach (var range in kept)
        {
            png[range].CopyTo(copy.AsSpan(at));
            at += png[range].Length;
        }

        return copy;
    }

    private static bool IsKept(ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk, HashSet<uint> seen)
    {
        if (type.SequenceEqual("IDAT"u8))
        {
            return true;
        }

        var isKnown = IsCritical(type) || (IsColorOrPlacement(type) && chunk.Length <= MaxAncillaryBytes) || IsPlainXmp(type, chunk);
        return isKnown && seen.Add(BinaryPrimitives.ReadUInt32BigEndian(type));
    }

    private static bool IsCritical(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IEND"u8);

    private static bool IsColorOrPlacement(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8)
        || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("cICP"u8) || type.SequenceEqual("sBIT"u8) || type.SequenceEqual("bKGD"u8)
        || type.SequenceEqual("pHYs"u8) || type.SequenceEqual("eXIf"u8);

    /// <summary>XMP that is not compressed: the byte after the keyword's end is 0.</summary>
    private static bool IsPlainXmp(ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk) =>
        type.SequenceEqual("iTXt"u8) && chunk.Length <= MaxAncillaryBytes && chunk[8..].StartsWith("XML:com.adobe.xmp\0\0"u8);
}
