using System.Text;
using System.Text.Json;
using Armature.CommandLine;
using Armature.Terminal;
using Armature.Testing;
using Armature.Validation.Tables;

namespace Armature.Validation;

/// <summary><c>armature validate --infer</c>.</summary>
public sealed class InferTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Infer_Csv_WritesASchemaOfItsColumns()
    {
        await InferAsync(_folder.Write("rows.csv", "id,when,name\n1,2026-01-02,ada\n2,2026-01-03,\n3,x\n"));

        Fields(_output.ToString()).ShouldBe(["id integer", "when date", "name string"]);
        _error.ToString().ShouldContain("3 fields, from the first 2 rows; 1 more could not be read.");
    }

    [Fact]
    public async Task Infer_NoHeader_NumbersTheColumns()
    {
        await InferAsync(_folder.Write("rows.csv", "1,a\n2,b\n"), "--no-header");

        Fields(_output.ToString()).ShouldBe(["column1 integer", "column2 string"]);
    }

    [Fact]
    public async Task Infer_Ndjson_TakesTheMembersOfAllRows()
    {
        await InferAsync(_folder.Write("rows.jsonl", "{\"b\":1.5}\nno json\n{\"a\":\"x\",\"b\":2}\n"));

        Fields(_output.ToString()).ShouldBe(["b number", "a string"]);
        _error.ToString().ShouldContain("from the first 2 rows; 1 more could not be read.");
    }

    [Fact]
    public async Task Infer_ALargeFile_LooksAtItsBeginning()
    {
        await InferAsync(_folder.Write("rows.csv", "id\n" + string.Concat(Enumerable.Range(0, 20_000).Select(id => id < 10_000 ? $"{id}\n" : "x\n"))));

        Fields(_output.ToString()).ShouldBe(["id integer"]);
        _error.ToString().ShouldContain("from the first 10,000 rows");
    }

    [Fact]
    public async Task Infer_Out_WritesTheFile()
    {
        var path = _folder.File("new", "schema.json");

        await InferAsync(_folder.Write("rows.csv", "id\n1\n"), "--out", path, "--json");

        Fields(File.ReadAllText(path)).ShouldBe(["id integer"]);
        JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("out").GetString().ShouldBe(path);
    }

    [Fact]
    public async Task Infer_NothingToSee_SaysSo()
    {
        (await RunAsync(_folder.Write("rows.ndjson", "no json\n"))).ShouldBe(ExitCode.BadUsage);

        _error.ToString().ShouldContain("has no row that can be read");
        _output.ToString().ShouldBeEmpty();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private async Task InferAsync(string file, params string[] arguments) => (await RunAsync(file, arguments)).ShouldBe(ExitCode.Done, _error.ToString());

    private Task<int> RunAsync(string file, params string[] arguments) =>
        new CommandApp(new CommandConsole(_output, _error, new SilentProgressView()), TimeProvider.System)
            .RunAsync(["validate", file, "--infer", .. arguments], TestContext.Current.CancellationToken);

    private static IEnumerable<string> Fields(string schema) =>
        TableSchema.Parse(Encoding.UTF8.GetBytes(schema)).Fields.Select(field => $"{field.Name} {field.Type}");
}
