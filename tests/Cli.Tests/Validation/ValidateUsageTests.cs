using Armature.CommandLine;
using Armature.Terminal;
using Armature.Testing;
using Armature.Validation.Files;
using Armature.Validation.Records;

namespace Armature.Validation;

/// <summary>What <c>armature validate</c> refuses before anything starts.</summary>
public sealed class ValidateUsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("'$/none.csv' cannot be read", "$/none.csv", "--schema", "$/schema.json")]
    [InlineData("'$/none.json' cannot be read", "$/rows.csv", "--schema", "$/none.json")]
    [InlineData("'$/none.csv' cannot be read", "$/rows.csv", "--schema", "$/schema.json", "--reference", "other=$/none.csv")]
    [InlineData("/fields/0/tipe", "$/rows.csv", "--schema", "$/wrong.json")]
    [InlineData("The output '$/rows.csv' is an input", "$/rows.csv", "--schema", "$/schema.json", "--good", "$/rows.csv")]
    [InlineData("The output '$/./schema.json' is an input", "$/rows.csv", "--schema", "$/schema.json", "--report", "$/./schema.json")]
    [InlineData("Two outputs are '$/x.csv'", "$/rows.csv", "--schema", "$/schema.json", "--good", "$/x.csv", "--bad", "$/x.csv")]
    [InlineData("The output '$' is a folder", "$/rows.csv", "--schema", "$/schema.json", "--bad", "$")]
    [InlineData("The output '$/none/' is a folder", "$/rows.csv", "--schema", "$/schema.json", "--bad", "$/none/")]
    [InlineData("The output '-' is no file", "$/rows.csv", "--schema", "$/schema.json", "--good", "-")]
    [InlineData("The output '/dev/full' is no file", "$/rows.csv", "--schema", "$/schema.json", "--good", "/dev/full")]
    [InlineData("The output '/dev/fd/1' is no file", "$/rows.csv", "--infer", "--out", "/dev/fd/1")]
    [InlineData("'$' cannot be read: it is a folder", "$", "--schema", "$/schema.json")]
    [InlineData("The output '$/rows.csv/x' cannot be written", "$/rows.csv", "--schema", "$/schema.json", "--bad", "$/rows.csv/x")]
    [InlineData("--delimiter 'ab' is more than one character", "$/rows.csv", "--schema", "$/schema.json", "--delimiter", "ab")]
    [InlineData("Delimiter is 'a'.", "$/rows.csv", "--schema", "$/schema.json", "--delimiter", "a")]
    [InlineData("MaxRecordBytes is 0; it must be from 1 to 16,777,216.", "$/rows.csv", "--schema", "$/schema.json", "--max-record-bytes", "0")]
    [InlineData("'other' is no reference", "$/rows.csv", "--schema", "$/schema.json", "--reference", "other")]
    [InlineData("--reference gives two files for 'o'", "$/rows.csv", "--schema", "$/schema.json", "--reference", "o=$/a", "--reference", "o=$/b")]
    [InlineData("'101%' is no number of rows", "$/rows.csv", "--schema", "$/schema.json", "--max-errors", "101%")]
    [InlineData("csv", "$/rows.csv", "--schema", "$/schema.json", "--format", "xlsx")]
    [InlineData("Give --schema SCHEMA.json to check the file, or --infer", "$/rows.csv")]
    [InlineData("Give --schema SCHEMA.json to check the file, or --infer", "$/rows.csv", "--infer", "--schema", "$/schema.json")]
    [InlineData("--report does not go with --infer.", "$/rows.csv", "--infer", "--report", "$/x")]
    [InlineData("--out does not go without --infer.", "$/rows.csv", "--schema", "$/schema.json", "--out", "$/x")]
    [InlineData("The output '$/rows.csv' is an input", "$/rows.csv", "--infer", "--out", "$/rows.csv")]
    [InlineData("'$/none.csv' cannot be read", "$/none.csv", "--infer")]
    public async Task RunAsync_BadUsage_SaysWhatIsWrong(string message, params string[] arguments)
    {
        _folder.Write("rows.csv", "a\n1\n");
        _folder.Write("schema.json", """{"fields":[{"name":"a"}]}""");
        _folder.Write("wrong.json", """{"fields":[{"name":"a","tipe":"string"}]}""");
        using var output = new StringWriter();
        var app = new CommandApp(new CommandConsole(output, _error, new SilentProgressView()), TimeProvider.System);

        var code = await app.RunAsync(["validate", .. arguments.Select(InFolder)], TestContext.Current.CancellationToken);

        code.ShouldBe(ExitCode.BadUsage);
        output.ToString().ShouldBeEmpty();
        _error.ToString().ShouldContain(InFolder(message));
        Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(3);
    }

    [Fact]
    public void Read_EveryOption_IsRead()
    {
        var arguments = Read(
            "rows.csv", "-s", "schema.json", "--report", "r", "--good", "g", "--bad", "b", "--max-errors", "1.5%", "--delimiter", "tab", "--quote", "'", "--no-header",
            "--allow-unknown-members", "--reference", "a=b=c", "--reference", "d=e", "--max-record-bytes", "1", "--max-cell-bytes", "2", "--max-columns", "3",
            "--max-file-bytes", "4", "--max-compression-ratio", "5");

        arguments.Format.ShouldBe(new RecordFormat { Delimiter = '\t', Quote = '\'', HasHeader = false, AllowsUnknownMembers = true });
        arguments.Limits.ShouldBe(new RecordLimits { MaxRecordBytes = 1, MaxCellBytes = 2, MaxColumns = 3, MaxFileBytes = 4, MaxCompressionRatio = 5 });
        arguments.MaxErrors.ShouldBe(FileTolerance.Percent(1.5m));
        arguments.References.ShouldBe(new Dictionary<string, string> { ["a"] = "b=c", ["d"] = "e" });
        (arguments.File, arguments.Schema, arguments.Report, arguments.Good, arguments.Bad).ShouldBe(("rows.csv", "schema.json", "r", "g", "b"));
    }

    [Theory]
    [InlineData("a.csv", RecordKind.Csv, ',')]
    [InlineData("a.TSV.gz", RecordKind.Csv, '\t')]
    [InlineData("a.jsonl", RecordKind.Ndjson, ',')]
    [InlineData("a.ndjson.GZ", RecordKind.Ndjson, ',')]
    [InlineData("-", RecordKind.Csv, ',')]
    public void Read_NoFormat_IsTakenFromTheName(string file, RecordKind kind, char delimiter)
    {
        var format = Read(file, "--schema", "s").Format;

        (format.Kind, format.Delimiter).ShouldBe((kind, delimiter));
    }

    [Fact]
    public void Read_AFormat_CountsMoreThanTheName()
    {
        Read("a.csv", "--schema", "s", "--format", "ndjson").Format.Kind.ShouldBe(RecordKind.Ndjson);
        Read("a.tsv", "--schema", "s", "--delimiter", ";").Format.Delimiter.ShouldBe(';');
    }

    public void Dispose()
    {
        _folder.Dispose();
        _error.Dispose();
    }

    private string InFolder(string text) => text.Replace("$", _folder.Path, StringComparison.Ordinal);

    private static ValidateArguments Read(params string[] arguments)
    {
        var command = new ArmatureCommand();
        var parsed = command.Parse(["validate", .. arguments]);
        parsed.Errors.ShouldBeEmpty();
        return command.Validate.Read(parsed);
    }
}
