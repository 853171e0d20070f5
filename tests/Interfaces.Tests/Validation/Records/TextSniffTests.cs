using System.Text;

namespace Armature.Validation.Records;

public sealed class TextSniffTests
{
    [Theory]
    [InlineData("utf-16", "UTF-16 (little endian), by its byte order mark")]
    [InlineData("utf-16BE", "UTF-16 (big endian), by its byte order mark")]
    [InlineData("utf-32", "UTF-32 (little endian), by its byte order mark")]
    [InlineData("utf-32BE", "UTF-32 (big endian), by its byte order mark")]
    public void Check_AnotherEncodingWithItsMark_IsNamed(string name, string shown)
    {
        var encoding = Encoding.GetEncoding(name);

        var found = Should.Throw<RecordFileException>(() => TextSniff.Check([.. encoding.GetPreamble(), .. encoding.GetBytes("id,name\n1,x\n")]));

        found.Code.ShouldBe(RecordFileCodes.Encoding);
        found.Message.ShouldStartWith($"The file is {shown}. Only UTF-8 can be read");
    }

    [Fact]
    public void Check_Utf16WithoutItsMark_IsSeen()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            Should.Throw<RecordFileException>(() => TextSniff.Check(encoding.GetBytes("id,name\n1,é€\n"))).Code.ShouldBe(RecordFileCodes.Encoding);
        }
    }

    [Theory]
    [InlineData("504B030414000600", "a ZIP archive (workbooks of spreadsheets are ZIP archives; save the sheet as CSV)")]
    [InlineData("89504E470D0A1A0A", "a PNG picture")]
    [InlineData("1F8B0800", "gzip within gzip (decompress it once)")]
    [InlineData("53514C69746520666F726D6174203300", "a SQLite database (export the table as CSV)")]
    public void Check_AKnownKindOfFile_IsNamed(string begin, string name)
    {
        var found = Should.Throw<RecordFileException>(() => TextSniff.Check(Convert.FromHexString(begin)));

        found.Code.ShouldBe(RecordFileCodes.NotText);
        found.Message.ShouldStartWith($"The file is no text: it is {name}.");
    }

    [Fact]
    public void Check_BytesWithoutOrder_AreNoText()
    {
        var bytes = new byte[TextSniff.Length];
        new Random(1).NextBytes(bytes);

        var found = Should.Throw<RecordFileException>(() => TextSniff.Check(bytes));

        found.Code.ShouldBe(RecordFileCodes.NotText);
        found.Message.ShouldContain("of its first 4,096 bytes are control characters");
    }

    [Theory]
    [InlineData("a,b\n1,\0\n")]
    [InlineData("a\tb\r\n1\t2\r\n")]
    [InlineData("x")]
    [InlineData("größe,€\n")]
    public void Check_Text_IsText(string text) => TextSniff.Check(Encoding.UTF8.GetBytes(text)).ShouldBe(0);

    [Fact]
    public void Check_TheMarkOfUtf8_HasThreeBytes() => TextSniff.Check([0xEF, 0xBB, 0xBF, (byte)'a']).ShouldBe(3);

    [Fact]
    public void Check_Nothing_IsAnEmptyFile()
    {
        Should.Throw<RecordFileException>(() => TextSniff.Check([])).Code.ShouldBe(RecordFileCodes.Empty);
        Should.Throw<RecordFileException>(() => TextSniff.Check([0xEF, 0xBB, 0xBF])).Code.ShouldBe(RecordFileCodes.Empty);
    }
}
