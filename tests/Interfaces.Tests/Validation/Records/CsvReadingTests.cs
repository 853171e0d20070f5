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

    private static string[] Names(int columns) => [.. Enumerable.Range(0, columns).Select(column => $"c{column}")];
}
