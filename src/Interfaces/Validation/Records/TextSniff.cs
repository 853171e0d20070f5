namespace Armature.Validation.Records;

/// <summary>Looks at a file's first bytes: whether they can be text in UTF-8.</summary>
internal static class TextSniff
{
    /// <summary>How many bytes it wants to see.</summary>
    public const int Length = 4096;

    // Random bytes have a control character in nine; text has next to none but tabs and line ends.
    private const int FewestControls = 32;
    private const double MostControls = 0.05;

    private static readonly (byte[] Begin, string Name)[] OtherFiles =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive (workbooks of spreadsheets are ZIP archives; save the sheet as CSV)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document (save the sheet as CSV)"),
        ([0x1F, 0x8B], "gzip within gzip (decompress it once)"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with Zstandard (decompress it, or use gzip)"),
        ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26], "compressed with bzip2 (decompress it, or use gzip)"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz (decompress it, or use gzip)"),
        ([0x50, 0x41, 0x52, 0x31, 0x15], "a Parquet file (export it as CSV or NDJSON)"),
        ([0x25, 0x50, 0x44, 0x46, 0x2D], "a PDF document"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66], "a SQLite database (export the table as CSV)"),
    ];

    /// <summary>The length of the byte order mark: 3 or 0.</summary>
    /// <exception cref="RecordFileException">They are no text, or text in another encoding, or there are none.</exception>
    public static int Check(ReadOnlySpan<byte> bytes)
    {
        var mark = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (bytes.Length == mark)
        {
            throw new RecordFileException(RecordFileCodes.Empty, 0, "The file is empty. Is it the right one, and was it written to its end?");
        }

        if (OtherEncoding(bytes) is { } encoding)
        {
            throw new RecordFileException(
                RecordFileCodes.Encoding, 0,
                $"The file is {encoding}. Only UTF-8 can be read, with or without a byte order mark: save it as UTF-8, or convert it, as with 'iconv -f UTF-16 -t UTF-8'.");
        }

        foreach (var (begin, name) in OtherFiles)
        {
            if (bytes.StartsWith(begin))
            {
                throw NotText($"it is {name}");
            }
        }

        var controls = Controls(bytes);
        return controls < FewestControls || controls < bytes.Length * MostControls
            ? mark
            : throw NotText($"{controls:N0} of its first {bytes.Length:N0} bytes are control characters");
    }

    private static RecordFileException NotText(string why) => new(
        RecordFileCodes.NotText, 0, $"The file is no text: {why}. CSV and NDJSON in UTF-8 can be read, also compressed with gzip.");

    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => "UTF-32 (little endian), by its byte order mark",
        [0, 0, 0xFE, 0xFF, ..] => "UTF-32 (big endian), by its byte order mark",
        [0xFF, 0xFE, ..] => "UTF-16 (little endian), by its byte order mark",
        [0xFE, 0xFF, ..] => "UTF-16 (big endian), by its byte order mark",
        _ => HasOtherBytesZero(bytes) ? "UTF-16, by its looks: every other byte is zero" : null,
    };

    // Text of Latin letters in UTF-16 has a zero in nearly every second byte, and only there.
    private static bool HasOtherBytesZero(ReadOnlySpan<byte> bytes)
    {
        Span<int> zeros = [0, 0];
        for (var at = 0; at < bytes.Length; at++)
        {
            zeros[at & 1] += bytes[at] == 0 ? 1 : 0;
        }

        var (fewer, more) = (Math.Min(zeros[0], zeros[1]), Math.Max(zeros[0], zeros[1]));
        return bytes.Length >= 4 && fewer == 0 && more >= bytes.Length * 0.4;
    }

    private static int Controls(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var character in bytes)
        {
            count += character < ' ' && character is not ((byte)'\t' or (byte)'\n' or (byte)'\v' or (byte)'\f' or (byte)'\r') ? 1 : 0;
        }

        return count;
    }
}
