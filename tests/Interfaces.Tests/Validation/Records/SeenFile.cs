namespace Armature.Validation.Records;

/// <summary>All that is seen of a file.</summary>
internal sealed record SeenFile(string? Header, IReadOnlyList<SeenRecord> Records, long Lines)
{
    /// <summary>Reads a file through a source and readers, chunk after chunk.</summary>
    public static async Task<SeenFile> ReadAsync(
        Stream file, RecordFormat format, RecordLimits limits, int chunkBytes, params string[] columns)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var source = await RecordSource.OpenAsync(file, format, limits, chunkBytes, cancellation);
        var buffers = new RecordBuffers(format, limits, source.Header ?? columns);
        var seen = new List<SeenRecord>();
        var (lines, chunks) = (source.HeaderLines, 0);
        while (await source.ReadAsync(cancellation) is { } chunk)
        {
            using (chunk)
            {
                chunk.Index.ShouldBe(chunks++);
                lines += ReadChunk(chunk, buffers, lines, seen);
            }
        }

        return new SeenFile(source.Header is null ? null : string.Join('|', source.Header), seen, lines);
    }

    public override string ToString() => $"{Header}: {string.Join('\n', Records)} ({Lines} lines)";

    private static long ReadChunk(RecordChunk chunk, RecordBuffers buffers, long lines, List<SeenRecord> seen)
    {
        if (chunk.IsOversized)
        {
            seen.Add(new SeenRecord(RecordFault.RecordTooLong, lines, chunk.Offset, 0, ""));
            return chunk.OversizedLines;
        }

        return buffers.Format.Kind == RecordKind.Csv
            ? Read(new CsvRecordReader(chunk.Bytes.Span, buffers), chunk.Offset, buffers.Columns, lines, seen)
            : Read(new NdjsonRecordReader(chunk.Bytes.Span, buffers), chunk.Offset, buffers.Columns, lines, seen);
    }

    private static long Read<TReader>(TReader reader, long offset, int columns, long lines, List<SeenRecord> seen)
        where TReader : IRecordReader, allows ref struct
    {
        var count = 0;
        while (reader.Read())
        {
            reader.Record.ShouldBe(count++);
            var isLong = reader.Fault == RecordFault.RecordTooLong;
            var cells = new List<string>();
            for (var column = 0; column < columns && reader.Fault == RecordFault.None; column++)
            {
                cells.Add(SeenRecord.Text(reader.Cell(column)));
            }

            seen.Add(new SeenRecord(reader.Fault, lines + reader.Line, offset + reader.Offset, isLong ? 0 : reader.Length, string.Join('|', cells)));
        }

        return reader.LineCount;
    }
}
