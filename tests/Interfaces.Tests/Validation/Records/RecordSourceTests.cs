using System.Text;

namespace Armature.Validation.Records;

public sealed class RecordSourceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_ALineOfOneGigabyte_IsPassedOverWithOneBuffer()
    {
        const long Length = 1L << 30;
        var file = new GeneratedStream("xyz1"u8.ToArray(), Length, "\nlast\n"u8.ToArray());
        var limits = RecordLimits.Default;

        var seen = await SeenFile.ReadAsync(file, RecordFormat.Csv with { HasHeader = false }, limits, 1 << 16, "a");

        seen.Records.ShouldBe(
        [
            new(RecordFault.RecordTooLong, 0, 0, 0, ""),
            new(RecordFault.None, 1, Length + 1, 4, "last"),
        ]);
        file.LargestBuffer.ShouldBeLessThanOrEqualTo(limits.MaxRecordBytes + 2);
    }

    [Fact]
    public async Task ReadAsync_OnlyQuotes_IsOneRecordThatIsTooLong()
    {
        var file = new GeneratedStream("\""u8.ToArray(), 1 << 26, []);

        var seen = await SeenFile.ReadAsync(file, RecordFormat.Csv with { HasHeader = false }, RecordLimits.Default, 1 << 20, "a");

        seen.Records.ShouldHaveSingleItem().Fault.ShouldBe(RecordFault.RecordTooLong);
        file.LargestBuffer.ShouldBeLessThanOrEqualTo(RecordLimits.Default.MaxRecordBytes + 2);
    }

    [Fact]
    public async Task ReadAsync_OversizedRecordAmongOthers_KeepsLinesAndPlaces()
    {
        var file = "h\n1\n\"222\n2\r\n2222222222\"\n3\n"u8.ToArray();

        var seen = await SeenFile.ReadAsync(new MemoryStream(file), RecordFormat.Csv, new() { MaxRecordBytes = 6 }, 4);

        seen.Records.ShouldBe(
        [
            new(RecordFault.None, 1, 2, 1, "1"),
            new(RecordFault.RecordTooLong, 2, 4, 0, ""),
            new(RecordFault.None, 5, 24, 1, "3"),
        ]);
    }

    [Fact]
    public async Task ReadAsync_ChunksOfPlainRecords_AreOfTheSizeAskedFor()
    {
        await using var source = await OpenAsync(new GeneratedStream("0123456\n"u8.ToArray(), 1 << 20, []), RecordFormat.Csv with { HasHeader = false }, chunkBytes: 1000);
        var sizes = new List<int>();
        while (await source.ReadAsync(Cancellation) is { } chunk)
        {
            sizes.Add(chunk.Bytes.Length);
            chunk.Dispose();
        }

        // The bytes behind the last record end of a chunk begin the next one.
        sizes[..^1].ShouldAllBe(size => size > 992 && size <= 1000);
        sizes.Sum().ShouldBe(1 << 20);
    }

    [Fact]
    public async Task OpenAsync_AHeader_IsNotAmongTheRecords()
    {
        var seen = await SeenFile.ReadAsync(new MemoryStream("\r\n\n\"id\nof it\",name\r\n1,x\r\n"u8.ToArray()), RecordFormat.Csv, RecordLimits.Default, 5);

        seen.Header.ShouldBe("id\nof it|name");
        seen.Records.ShouldBe([new(RecordFault.None, 4, 20, 3, "1|x")]);
        seen.Lines.ShouldBe(5);
    }

    [Theory]
    [InlineData("id,name")]
    [InlineData("id,name\n")]
    [InlineData("id,name\r\n\r\n")]
    public async Task OpenAsync_OnlyAHeader_HasNoRecords(string file)
    {
        var seen = await SeenFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), RecordFormat.Csv, RecordLimits.Default, 100);

        seen.Header.ShouldBe("id|name");
        seen.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_AByteOrderMark_IsTakenOff()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "id\n7\n"u8];

        var seen = await SeenFile.ReadAsync(new MemoryStream(file), RecordFormat.Csv, RecordLimits.Default, 100);

        seen.Header.ShouldBe("id");
        seen.Records.ShouldBe([new(RecordFault.None, 1, 6, 1, "7")]);
    }

    [Theory]
    [InlineData("a,b,a", RecordFileCodes.HeaderDuplicate, "Columns 1 and 3 are both called 'a' in the header.")]
    [InlineData("a,\"\",c", RecordFileCodes.HeaderEmpty, "Column 2 of the 3 has no name in the header.")]
    [InlineData("a,b\"c", RecordFileCodes.HeaderInvalid, "The header has a quote (\") that is never closed.")]
    [InlineData("a,b\"\"c", RecordFileCodes.HeaderInvalid, "The header has a quote (\") within a name that does not begin with one")]
    [InlineData("a\0", RecordFileCodes.HeaderInvalid, "The header has a NUL byte in it.")]
    [InlineData("a,b,c,d,e,f,g,h,i", RecordFileCodes.HeaderInvalid, "The header has 9 columns; 8 are allowed by MaxColumns.")]
    [InlineData("a,very long name that goes on", RecordFileCodes.HeaderInvalid, "The header has a name longer than 25 bytes, the most that MaxCellBytes allows.")]
    [InlineData("123456789,123456789,123456789,123456789", RecordFileCodes.HeaderInvalid, "The header is longer than 30 bytes, the most that MaxRecordBytes allows.")]
    [InlineData("\n\r\n", RecordFileCodes.Empty, "The file has only blank lines")]
    public async Task OpenAsync_AHeaderThatIsWrong_SaysHow(string file, string code, string message)
    {
        var limits = new RecordLimits { MaxColumns = 8, MaxCellBytes = 25, MaxRecordBytes = 30 };
        foreach (var chunkBytes in (int[])[1, 1000])
        {
            var found = await Should.ThrowAsync<RecordFileException>(() => OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), RecordFormat.Csv, limits, chunkBytes));

            found.Code.ShouldBe(code);
            found.Message.ShouldStartWith(message);
        }
    }

    [Fact]
    public async Task OpenAsync_AHeaderInAnotherEncoding_SaysHowToConvert()
    {
        var found = await Should.ThrowAsync<RecordFileException>(() => OpenAsync(new MemoryStream(Encoding.Latin1.GetBytes("id,größe\n")), RecordFormat.Csv));

        found.Code.ShouldBe(RecordFileCodes.HeaderInvalid);
        found.Message.ShouldBe("The header is not UTF-8. Save the file as UTF-8, or convert it, as with 'iconv -f WINDOWS-1252 -t UTF-8'.");
    }

    [Fact]
    public async Task ReadAsync_AFileThatIsTooLong_EndsThere()
    {
        var limits = new RecordLimits { MaxFileBytes = 1000 };
        await using var source = await OpenAsync(new GeneratedStream("1234567\n"u8.ToArray(), 2000, []), RecordFormat.Csv with { HasHeader = false }, limits, 100);

        var found = await Should.ThrowAsync<RecordFileException>(async () =>
        {
            while (await source.ReadAsync(Cancellation) is { } chunk)
            {
                chunk.Dispose();
            }
        });

        (found.Code, found.Offset).ShouldBe((RecordFileCodes.TooLarge, 1000));
        found.Message.ShouldContain("longer than 1,000 bytes, the most that MaxFileBytes allows");
    }

    [Fact]
    public async Task DisposeAsync_TheStream_IsDisposedOf()
    {
        var (good, bad) = (new GeneratedStream("h\n"u8.ToArray(), 2, []), new GeneratedStream([0], 2, []));

        await (await OpenAsync(good, RecordFormat.Csv)).DisposeAsync();
        await Should.ThrowAsync<RecordFileException>(() => OpenAsync(bad, RecordFormat.Csv));

        good.IsDisposed.ShouldBeTrue();
        bad.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        await using var source = await OpenAsync(new MemoryStream("a\n1\n"u8.ToArray()), RecordFormat.Csv, chunkBytes: 2);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await source.ReadAsync(cancelled.Token));
    }

    private static Task<RecordSource> OpenAsync(Stream file, RecordFormat format, RecordLimits? limits = null, int chunkBytes = 1 << 16) =>
        RecordSource.OpenAsync(file, format, limits ?? RecordLimits.Default, chunkBytes, Cancellation);
}
