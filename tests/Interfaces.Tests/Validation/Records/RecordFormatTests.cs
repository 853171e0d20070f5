namespace Armature.Validation.Records;

public sealed class RecordFormatTests
{
    [Theory]
    [InlineData('a', "Delimiter is 'a'. It must be one ASCII character, and no letter, digit, line end or NUL.")]
    [InlineData('7', "Delimiter is '7'.")]
    [InlineData('\n', "Delimiter is U+000A.")]
    [InlineData('\0', "Delimiter is U+0000.")]
    [InlineData('§', "Delimiter is U+00A7.")]
    [InlineData('"', "Delimiter and Quote are both '\"'. They must differ")]
    public void Checked_DelimiterThatIsNotAllowed_SaysWhatIs(char delimiter, string message)
    {
        Should.Throw<ArgumentException>(() => (RecordFormat.Csv with { Delimiter = delimiter }).Checked()).Message.ShouldStartWith(message);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    public void Checked_OtherDelimiters_AreAllowed(char delimiter) =>
        (RecordFormat.Csv with { Delimiter = delimiter }).Checked().Delimiter.ShouldBe(delimiter);

    [Fact]
    public void Checked_UnknownKind_SaysWhichThereAre()
    {
        Should.Throw<ArgumentException>(() => new RecordFormat { Kind = (RecordKind)7 }.Checked()).Message.ShouldBe("7 is no RecordKind: Csv and Ndjson are.");
    }

    [Fact]
    public void Checked_LimitsOutOfRange_SayTheirRange()
    {
        var wrong = new (RecordLimits Limits, string Message)[]
        {
            (new() { MaxRecordBytes = 0 }, "MaxRecordBytes is 0; it must be from 1 to 16,777,216."),
            (new() { MaxRecordBytes = 16_777_217 }, "MaxRecordBytes is 16,777,217; it must be from 1 to 16,777,216."),
            (new() { MaxCellBytes = -1 }, "MaxCellBytes is -1; it must be from 1 to 16,777,216."),
            (new() { MaxColumns = 16_385 }, "MaxColumns is 16,385; it must be from 1 to 16,384."),
            (new() { MaxFileBytes = 0 }, "MaxFileBytes is 0; it must be from 1 to 9,223,372,036,854,775,807."),
            (new() { MaxCompressionRatio = 0 }, "MaxCompressionRatio is 0; it must be from 1 to 2,147,483,647."),
        };

        foreach (var (limits, message) in wrong)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => limits.Checked()).Message.ShouldStartWith(message);
        }
    }
}
