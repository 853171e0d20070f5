namespace Armature.Validation.Records;

/// <summary>What is read of a file of records at most. Memory does not grow with the file, only with these.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.record-limits")]
public sealed record RecordLimits
{
    internal const int MostRecordBytes = 16 * 1024 * 1024;

    internal const int MostColumns = 16_384;

    internal static RecordLimits Default { get; } = new();

    /// <summary>Bytes of one record, without its line end. A longer one is a fault of that record and is not read.</summary>
    /// <value>Default: 1 MiB; from 1 byte to 16 MiB.</value>
    [Id(0)]
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of one cell as it stands in the file, quotes and escapes included. A longer one is a fault of its record.</summary>
    /// <value>Default: 128 KiB, which is more than the 32,767 characters of a full cell of a spreadsheet; from 1 byte to 16 MiB.</value>
    [Id(1)]
    public int MaxCellBytes { get; init; } = 128 * 1024;

    /// <summary>Columns of a header of CSV.</summary>
    /// <value>Default: 1,024; from 1 to 16,384, those of a spreadsheet.</value>
    [Id(2)]
    public int MaxColumns { get; init; } = 1024;

    /// <summary>Bytes of the whole file, decompressed.</summary>
    /// <value>Default: null, no limit.</value>
    [Id(3)]
    public long? MaxFileBytes { get; init; }

    /// <summary>How many bytes a byte of a gzip file may become, once 64 MiB were decompressed.</summary>
    /// <value>Default: 300; from 1. Gzip reaches 1,032 at most; tables of text reach 3 to 30.</value>
    [Id(4)]
    public int MaxCompressionRatio { get; init; } = 300;

    /// <exception cref="ArgumentOutOfRangeException">A limit is not in its range.</exception>
    internal RecordLimits Checked()
    {
        Check(nameof(MaxRecordBytes), MaxRecordBytes, MostRecordBytes);
        Check(nameof(MaxCellBytes), MaxCellBytes, MostRecordBytes);
        Check(nameof(MaxColumns), MaxColumns, MostColumns);
        Check(nameof(MaxFileBytes), MaxFileBytes ?? 1, long.MaxValue);
        Check(nameof(MaxCompressionRatio), MaxCompressionRatio, int.MaxValue);
        return this;
    }

    private static void Check(string property, long value, long most)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentOutOfRangeException(property, value, $"{property} is {value:N0}; it must be from 1 to {most:N0}.");
        }
    }
}
