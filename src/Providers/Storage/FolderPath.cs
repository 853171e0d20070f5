using System.Globalization;
using System.Numerics;
using System.Text;

namespace Armature.Storage;

/// <summary>
/// A blob's name as a path, the same on every file system. A segment "Ab" of a name is the folder "1+ab" or, at its end, the
/// file "1=ab": lower case, before the mark the upper-case places in hexadecimal. So two names never meet in one file where
/// case is ignored, "a" and "a/b" can both be blobs, and no name is a device of Windows ("nul") or a hidden file.
/// </summary>
internal static class FolderPath
{
    private const char FolderMark = '+';
    private const char FileMark = '=';

    /// <summary>The path of a blob, relative to the store's folder.</summary>
    public static string OfBlob(string name)
    {
        var segments = name.Split('/');
        var path = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            AppendSegment(path, segments[i], isLast ? FileMark : FolderMark);
            if (!isLast)
            {
                path.Append(Path.DirectorySeparatorChar);
            }
        }

        return path.ToString();
    }

    /// <summary>The path of the folder in which all blobs are whose names start with a prefix ending with '/'.</summary>
    public static string OfFolder(string prefix) => prefix.Length == 0 ? "" : Path.GetDirectoryName(OfBlob(prefix))!;

    /// <summary>The segment that a folder's file name stands for; null when it is no folder of the store.</summary>
    public static string? FolderSegment(string fileName) => Segment(fileName, FolderMark);

    /// <summary>The segment that a blob's file name stands for; null when it is no blob.</summary>
    public static string? BlobSegment(string fileName) => Segment(fileName, FileMark);

    private static void AppendSegment(StringBuilder path, string segment, char mark)
    {
        var upper = BigInteger.Zero;
        for (var i = 0; i < segment.Length; i++)
        {
            if (char.IsAsciiLetterUpper(segment[i]))
            {
                upper |= BigInteger.One << i;
            }
        }

        if (!upper.IsZero)
        {
            path.Append(upper.ToString("x", CultureInfo.InvariantCulture).TrimStart('0'));
        }

        path.Append(mark).Append(segment.ToLowerInvariant());
    }

    private static string? Segment(string fileName, char mark)
    {
        var at = fileName.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        // The leading 0 keeps a first digit above 7 from being read as a sign.
        if (!BigInteger.TryParse("0" + fileName[..at], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var upper))
        {
            return null;
        }

        var segment = fileName[(at + 1)..].ToCharArray();
        if (Array.Exists(segment, char.IsAsciiLetterUpper))
        {
            return null;
        }

        for (var i = 0; i < segment.Length; i++)
        {
            if (!((upper >> i) & 1).IsZero)
            {
                segment[i] = char.ToUpperInvariant(segment[i]);
            }
        }

        return new(segment);
    }
}
