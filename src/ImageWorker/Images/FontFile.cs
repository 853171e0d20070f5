using System.Buffers.Binary;
using System.Text;

namespace Armature.Images;

/// <summary>
/// A font by its file. Text is always set with a named file, since libvips draws empty boxes, without an error, where it finds no font;
/// and with the family that the file itself names, since fontconfig would otherwise choose another face.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Description">Family and style, as Pango takes them.</param>
internal sealed record FontFile(string Path, string Description)
{
    private const int FamilyName = 1;
    private const int StyleName = 2;
    private const int MaxBytes = 64 << 20;

    public static FontFile Open(string path)
    {
        var bytes = Read(path);
        if (FindNames(bytes) is not { } names || !TryReadName(names, FamilyName, out var family))
        {
            throw new ImageException(ImageErrorCodes.FontMissing, $"The font file {path} is no TrueType or OpenType font. Set Images.FontFile to one.");
        }

        // The comma ends the family: without it a name that ends in a number would be read as a size.
        return new(path, TryReadName(names, StyleName, out var style) ? $"{family}, {style}" : $"{family},");
    }

    private static byte[] Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Length: > MaxBytes } file
                ? throw new ImageException(ImageErrorCodes.FontMissing, $"The font file {path} has {file.Length:N0} bytes; at most {MaxBytes:N0} are read.")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ImageErrorCodes.FontMissing, $"The font file {path} could not be read: {e.Message} Set Images.FontFile to one that can.");
        }
    }

    /// <summary>The name table of the font, or of the first font of a collection.</summary>
    private static ReadOnlyMemory<byte>? FindNames(ReadOnlyMemory<byte> file)
    {
        var start = file.Span.StartsWith("ttcf"u8) ? UInt32(file.Span, 12) : 0;
        var count = UInt16(file.Span, start + 4);
        for (var i = 0; i < count; i++)
        {
            var entry = start + 12 + (16L * i);
            if (UInt32(file.Span, entry) == 0x6E616D65)
            {
                var offset = UInt32(file.Span, entry + 8);
                var length = UInt32(file.Span, entry + 12);
                return (long)offset + length <= file.Length ? file.Slice((int)offset, (int)length) : null;
            }
        }

        return null;
    }

    private static bool TryReadName(ReadOnlyMemory<byte> table, int id, out string name)
    {
        var names = table.Span;
        var texts = UInt16(names, 4);
        for (var i = 0; i < UInt16(names, 2); i++)
        {
            var entry = 6 + (12L * i);
            var isUnicode = UInt16(names, entry) is 0 or 3;
            var length = UInt16(names, entry + 8);
            var offset = texts + UInt16(names, entry + 10);
            if (isUnicode && UInt16(names, entry + 6) == id && length > 0 && offset + length <= names.Length)
            {
                name = Encoding.BigEndianUnicode.GetString(names.Slice(offset, length));
                return true;
            }
        }

        name = string.Empty;
        return false;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, long at) =>
        at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(int)at..]) : 0;

    private static uint UInt32(ReadOnlySpan<byte> bytes, long at) =>
        at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]) : 0;
}
