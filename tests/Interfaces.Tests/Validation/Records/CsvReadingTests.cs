using CsCheck;

namespace Armature.Validation.Records;

public sealed class CsvReadingTests
{
    // What makes reading hard, and some letters between.
    private static readonly byte[][] Pieces =
    [
        [.. "\""u8], [.. "\""u8], [.. "\"\""u8], [.. ","u8], [.. ","u8], [.. ",\""u8], [.. "\","u8], [.. "\n"u8], [.. "\n"u8], [.. "\r\n"u8], [.. "\r"u8],
        [.. "\"\n\""u8], [.. "a"u8], [.. "some text"u8], [.. "é"u8], [.. "€"u8], [.. "😀"u8], [0xFF], [0xC3], [0],
    ];

    // Begins with a record of its own, so that no file looks like one in another encoding.
    private static readonly Gen<byte[]> Files = Gen.Int[0, Pieces.Length - 1].Array[0, 200]
        .Select(pieces => (byte[])[.. "begin\n"u8, .. pieces.SelectMany(piece => Pieces[piece])]);

    // Records that are longer than what the reader looks at ahead, and have more cells.
    private static readonly Gen<byte[]> LongFiles = Gen.Select(Gen.Int[0, Pieces.Length + 3].Array[0, 30], Gen.Int[1000, 10_000]).Select((pieces, length) =>
    {
        byte[][] many = [.. Pieces, [.. Enumerable.Repeat((byte)'x', length)], [.. Enumerable.Repeat((byte)',', length)], [.. Enumerable.Repeat((byte)'\n', length)], [.. "\r\n"u8]];
        return (byte[])[.. "begin\n"u8, .. pieces.SelectMany(piece => many[piece])];
    });

    private static readonly Gen<RecordLimits> Limits =
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 30], (record, cell) => new RecordLimits { MaxRecordBytes = record, MaxCellBytes = cell });

    private static readonly RecordFormat Plain = RecordFormat.Csv with { HasHeader = false };

    [Fact]
    public Task Read_AnyFileInAnyChunks_SeesWhatASlowReaderSees() =>
        Gen.Select(Files, Limits, Gen.Int[1, 300], Gen.Int[1, 70], Gen.Int[1, 5]).SampleAsync(
            async (file, limits, chunkBytes, readBytes, columns) =>
            {
                var seen = await SeenFile.ReadAsync(new SlowStream(file, readBytes), Plain, limits, chunkBytes, Names(columns));

                seen.ToString().ShouldBe(new SlowCsv(file, Plain, limits, columns).Read().ToString());
            },
            iter: 5000);

    [Fact]
    public Task Read_LongRecords_SeesWhatASlowReaderSees() =>
        Gen.Select(LongFiles, Gen.Int[1, 100_000], Gen.Int[1, 40_000], Gen.Int[1, 40_000]).SampleAsync(
            async (file, chunkBytes, recordBytes, columns) =>
            {
                var limits = new RecordLimits { MaxRecordBytes = recordBytes };

                var seen = await SeenFile.ReadAsync(new MemoryStream(file), Plain, limits, chunkBytes, Names(columns));

                seen.ToString().ShouldBe(new SlowCsv(file, Plain, limits, columns).Read().ToString());
            },
            iter: 300);

    [Fact]
    public async Task Read_ASmallFileCutAtEveryByte_SeesTheSame()
    {
        var file = "a,b\r\n\"1\n2\",\"\"\"\"\r\rx,y\n\n\"z\"\"\",é\r\n5\"6,7\nlast\",1"u8.ToArray();
        for (var chunkBytes = 1; chunkBytes <= file.Length; chunkBytes++)
        {
            for (var readBytes = 1; readBytes <= file.Length; readBytes++)
            {
                var seen = await SeenFile.ReadAsync(new SlowStream(file, readBytes), Plain, RecordLimits.Default, chunkBytes, "a", "b");

                seen.ToString().ShouldBe(new SlowCsv(file, Plain, RecordLimits.Default, 2).Read().ToString());
            }
        }
    }

    [Fact]
    public async Task Read_OtherDelimiterAndQuote_AreThose()
    {
        var format = RecordFormat.Csv with { Delimiter = ';', Quote = '\'' };

        var seen = await SeenFile.ReadAsync(new MemoryStream("a;b\n'1;''2';\"3,\n"u8.ToArray()), format, RecordLimits.Default, 10);

        seen.Header.ShouldBe("a|b");
        seen.Records.ShouldHaveSingleItem().Cells.ShouldBe("1;'2|\"3,");
    }

    [Fact]
    public async Task Read_CellsAskedForTwiceAndInAnyOrder_AreTheSame()
    {
        await using var source = await RecordSource.OpenAsync(
            new MemoryStream("\"a\"\"\",\"\"\"b\",c\n"u8.ToArray()), Plain, RecordLimits.Default, 100, TestContext.Current.CancellationToken);
        using var chunk = await source.ReadAsync(TestContext.Current.CancellationToken);

        Cells(chunk!.Bytes.Span).ShouldBe("c \"b a\" \"b a\"");
    }

    private static string Cells(ReadOnlySpan<byte> chunk)
    {
        var reader = new CsvRecordReader(chunk, new RecordBuffers(Plain, RecordLimits.Default, 3));
        reader.Read().ShouldBeTrue();
        var first = reader.Cell(0);
        var middle = reader.Cell(1);
        return string.Join(' ', SeenRecord.Text(reader.Cell(2)), SeenRecord.Text(middle), SeenRecord.Text(first), SeenRecord.Text(reader.Cell(1)), SeenRecord.Text(reader.Cell(0)));
    }

    private static string[] Names(int columns) => [.. Enumerable.Range(0, columns).Select(column => $"c{column}")];
}
