using System.Text;
using System.Text.Json;
using Armature.Validation.Records;

namespace Armature.Validation;

/// <summary>The first rows of a file, of which a schema is made.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The cells of each row.</param>
/// <param name="Passed">Rows that were passed over, since their form is wrong.</param>
internal sealed record SchemaSample(string[] Columns, IReadOnlyList<string[]> Rows, int Passed)
{
    /// <summary>The most rows of a sample.</summary>
    public const int MostRows = 10_000;

    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Reads the beginning of a file: as many as <see cref="MostRows"/> rows of its first 4 MiB.</summary>
    /// <exception cref="RecordFileException">It cannot be read.</exception>
    public static async Task<SchemaSample> ReadAsync(Stream file, RecordFormat format, RecordLimits limits, CancellationToken cancellationToken)
    {
        await using var source = await RecordSource.OpenAsync(file, format, limits, MostBytes, cancellationToken);
        var passed = 0;
        while (await source.ReadAsync(cancellationToken) is { } chunk)
        {
            using (chunk)
            {
                if (!chunk.IsOversized)
                {
                    return format.Kind is RecordKind.Csv
                        ? ReadCsv(chunk.Bytes.Span, source.Header, format, limits, passed)
                        : ReadJson(chunk.Bytes.Span, format, limits, passed);
                }
            }

            passed++;
        }

        return new(source.Header ?? [], [], passed);
    }

    private static SchemaSample ReadCsv(ReadOnlySpan<byte> chunk, string[]? header, RecordFormat format, RecordLimits limits, int passed)
    {
        var columns = header ?? NumberedColumns(chunk, format, limits);
        return Read(new CsvRecordReader(chunk, new RecordBuffers(format, limits, columns.Length)), columns, passed);
    }

    // Without a header the first record says how many columns there are.
    private static string[] NumberedColumns(ReadOnlySpan<byte> chunk, RecordFormat format, RecordLimits limits)
    {
        var reader = new CsvRecordReader(chunk, new RecordBuffers(format, limits, limits.MaxColumns));
        return reader.Read() ? [.. Enumerable.Range(1, reader.CellCount).Select(column => $"column{column}")] : [];
    }

    private static SchemaSample ReadJson(ReadOnlySpan<byte> chunk, RecordFormat format, RecordLimits limits, int passed)
    {
        var columns = MemberNames(chunk, format, limits);
        return Read(new NdjsonRecordReader(chunk, new RecordBuffers(format, limits, columns)), columns, passed);
    }

    private static string[] MemberNames(ReadOnlySpan<byte> chunk, RecordFormat format, RecordLimits limits)
    {
        var names = new List<string>();
        var seen = new HashSet<string>();
        var reader = new NdjsonRecordReader(chunk, new RecordBuffers(format with { AllowsUnknownMembers = true }, limits, []));
        while (reader.Record < MostRows - 1 && reader.Read())
        {
            if (reader.Fault is RecordFault.None)
            {
                using var json = JsonDocument.Parse(chunk.Slice(reader.Offset, reader.Length).ToArray());
                names.AddRange(json.RootElement.EnumerateObject().Select(member => member.Name).Where(seen.Add));
            }
        }

        return [.. names];
    }

    private static SchemaSample Read<TReader>(TReader reader, string[] columns, int passed)
        where TReader : IRecordReader, allows ref struct
    {
        var rows = new List<string[]>();
        while (reader.Record < MostRows - 1 && reader.Read())
        {
            if (reader.Fault is not RecordFault.None)
            {
                passed++;
                continue;
            }

            var row = new string[columns.Length];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = Encoding.UTF8.GetString(reader.Cell(column));
            }

            rows.Add(row);
        }

        return new(columns, rows, passed);
    }
}
