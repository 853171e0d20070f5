namespace Armature.Validation.Records;

public sealed class GunzipTests
{
    private static readonly byte[] First = GzipFile.Of("id,name\n1,one\n2,tw"u8);
    private static readonly byte[] Second = GzipFile.Of("o\n3,three\n"u8);
    private static readonly byte[] Whole = [.. First, .. Second];

    [Fact]
    public async Task Read_SeveralMembers_AreOneFileHoweverTheyCome()
    {
        for (var readBytes = 1; readBytes <= Whole.Length; readBytes++)
        {
            var seen = await ReadAsync(Whole, readBytes);

            seen.Records.Select(record => record.Cells).ShouldBe(["1|one", "2|two", "3|three"]);
        }
    }

    [Fact]
    public async Task Read_CutAnywhere_IsTruncated()
    {
        // Two bytes tell that it is gzip; at the end of a member the rest could be a whole file.
        foreach (var length in Enumerable.Range(2, Whole.Length - 2).Where(length => length != First.Length))
        {
            foreach (var readBytes in (int[])[1, 7, 10_000])
            {
                var found = await Should.ThrowAsync<RecordFileException>(() => ReadAsync(Whole[..length], readBytes));

                found.Code.ShouldBe(RecordFileCodes.GzipTruncated, $"{length} bytes");
                found.Offset.ShouldBe(length);
            }
        }
    }

    [Fact]
    public async Task Read_ALargeFileCutAnywhere_IsTruncated()
    {
        var text = new byte[300_000];
        var random = new Random(3);
        foreach (ref var character in text.AsSpan())
        {
            character = "abc,\n"u8[random.Next(5)];
        }

        var file = GzipFile.Of(text);
        for (var length = 50; length < file.Length; length += 997)
        {
            var cut = new MemoryStream(file[..length]);
            var found = await Should.ThrowAsync<RecordFileException>(
                () => SeenFile.ReadAsync(cut, RecordFormat.Csv with { HasHeader = false }, RecordLimits.Default, 1 << 16, "a"));

            found.Code.ShouldBe(RecordFileCodes.GzipTruncated);
        }
    }

    [Fact]
    public async Task Read_AWrongChecksum_IsDamage()
    {
        var file = Whole.ToArray();
        file[^8] ^= 1;

        var found = await Should.ThrowAsync<RecordFileException>(() => ReadAsync(file, 10_000));

        found.Code.ShouldBe(RecordFileCodes.GzipDamaged);
        found.Message.ShouldStartWith($"The gzip file is damaged near byte {file.Length}: what it holds does not decompress, or is not what was compressed (CRC).");
    }

    [Fact]
    public async Task Read_SomethingBehindTheData_IsDamage()
    {
        var found = await Should.ThrowAsync<RecordFileException>(() => ReadAsync([.. Whole, .. "more"u8], 10_000));

        found.Code.ShouldBe(RecordFileCodes.GzipDamaged);
        found.Message.ShouldContain("something follows the compressed data that is not gzip");
    }

    [Fact]
    public async Task Read_ABomb_EndsSoon()
    {
        var bomb = GzipFile.Of(Enumerable.Repeat((byte)'x', 1 << 20).ToArray(), times: 80);

        var found = await Should.ThrowAsync<RecordFileException>(() => ReadAsync(bomb, bomb.Length));

        found.Code.ShouldBe(RecordFileCodes.CompressionRatio);
        found.Message.ShouldStartWith("The gzip file becomes more than 300 times as long");
    }

    [Fact]
    public async Task Read_ASmallFileThatShrankALot_IsNoBomb()
    {
        var seen = await ReadAsync(GzipFile.Of("a,b\n"u8, times: 100_000), 10_000, new RecordLimits { MaxCompressionRatio = 1 });

        seen.Records.Count.ShouldBe(99_999);
    }

    [Fact]
    public async Task Read_NothingCompressed_IsAnEmptyFile() =>
        (await Should.ThrowAsync<RecordFileException>(() => ReadAsync(GzipFile.Of([]), 10_000))).Code.ShouldBe(RecordFileCodes.Empty);

    [Fact]
    public async Task BytesRead_OfGzip_AreThoseOfTheFile()
    {
        await using var source = await RecordSource.OpenAsync(
            new MemoryStream(Whole), RecordFormat.Csv, RecordLimits.Default, 1000, TestContext.Current.CancellationToken);
        while (await source.ReadAsync(TestContext.Current.CancellationToken) is { } chunk)
        {
            chunk.Dispose();
        }

        source.BytesRead.ShouldBe(Whole.Length);
    }

    private static Task<SeenFile> ReadAsync(byte[] file, int readBytes, RecordLimits? limits = null) =>
        SeenFile.ReadAsync(new SlowStream(file, readBytes), RecordFormat.Csv, limits ?? RecordLimits.Default, 64);
}
