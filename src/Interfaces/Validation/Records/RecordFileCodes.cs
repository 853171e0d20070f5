namespace Armature.Validation.Records;

/// <summary>The codes of <see cref="RecordFileException"/>.</summary>
public static class RecordFileCodes
{
    /// <summary>The file has nothing in it.</summary>
    public const string Empty = "empty_file";

    /// <summary>The file is text, but not UTF-8.</summary>
    public const string Encoding = "encoding";

    /// <summary>The file is no text: a picture, an archive, a workbook, a program.</summary>
    public const string NotText = "not_text";

    /// <summary>The gzip file ends too early.</summary>
    public const string GzipTruncated = "gzip_truncated";

    /// <summary>The gzip file is damaged.</summary>
    public const string GzipDamaged = "gzip_damaged";

    /// <summary>The gzip file grows more than <see cref="RecordLimits.MaxCompressionRatio"/> allows.</summary>
    public const string CompressionRatio = "compression_ratio";

    /// <summary>The file is longer than <see cref="RecordLimits.MaxFileBytes"/>.</summary>
    public const string TooLarge = "file_too_large";

    /// <summary>The header cannot be read.</summary>
    public const string HeaderInvalid = "header_invalid";

    /// <summary>The header names two columns the same.</summary>
    public const string HeaderDuplicate = "header_duplicate";

    /// <summary>The header has a column without a name.</summary>
    public const string HeaderEmpty = "header_empty";
}
