using System.IO.Compression;

namespace Armature.Rendering.Output;

/// <summary>Compressed variants of files of text, for servers that hand them out as they are.</summary>
internal static class CompressedVariant
{
    // Smaller files fit one packet anyway.
    private const int MinBytes = 1_024;

    // Measured on pages of 36 KB: 11 takes 150 times as long and saves a fifth. Pages are made often; scripts and styles are compressed
    // once, and taken over while they stay the same.
    private const int PageQuality = 5;
    private const int FileQuality = 11;
    private const int BrotliWindow = 22;

    private static readonly HashSet<string> TextEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".html", ".htm", ".css", ".js", ".mjs", ".json", ".map", ".svg", ".xml", ".txt", ".webmanifest", ".rss", ".atom", ".ics", ".csv", ".md", ".wasm", ".ttf", ".ico",
    };

    /// <summary>The endings that variants have.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".br", ".gz"];

    /// <summary>True when a file of this name can be worth compressing.</summary>
    public static bool IsText(string path) => TextEndings.Contains(Path.GetExtension(path));

    /// <summary>The variants that are smaller than the file, by ending.</summary>
    public static IEnumerable<(string Ending, byte[] Content)> Create(string path, byte[] content)
    {
        if (content.Length < MinBytes || !IsText(path))
        {
            yield break;
        }

        if (Brotli(path, content) is { } brotli && brotli.Length < content.Length)
        {
            yield return (".br", brotli);
        }

        if (Gzip(content) is { } gzip && gzip.Length < content.Length)
        {
            yield return (".gz", gzip);
        }
    }

    private static byte[]? Brotli(string path, byte[] content)
    {
        var quality = path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? PageQuality : FileQuality;
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, compressed, out var length, quality, BrotliWindow) ? compressed[..length] : null;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
