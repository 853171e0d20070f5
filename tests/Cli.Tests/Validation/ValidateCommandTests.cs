using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Armature.CommandLine;
using Armature.Testing;
using Armature.Testing.Redis;

namespace Armature.Validation;

/// <summary><c>armature validate</c> on real files.</summary>
public sealed class ValidateCommandTests : IDisposable
{
    private const string Schema = """
        {"fields":[
          {"name":"id","type":"integer"},
          {"name":"name","type":"string","constraints":{"maxLength":5}},
          {"name":"age","type":"integer","constraints":{"minimum":0}}],
         "primaryKey":"id"}
        """;

    private const string Bad = "id,name,age\n1,ada,36\n2,\"b\nob\",-5\n2,charlie,x\n3,e,1,2\n";

    private readonly TemporaryFolder _folder = new();

    private string Report => _folder.File("out", "report.ndjson");

    [Fact]
    public async Task Validate_AGoodFile_IsValid()
    {
        var result = (await RunAsync("id,name,age\n1,ada,36\n2,bob,7\n", "--json")).ShouldExitWith(ExitCode.Done);

        result.Json.GetProperty("valid").GetBoolean().ShouldBeTrue();
        result.Json.GetProperty("items").GetInt64().ShouldBe(2);
        result.Json.GetProperty("succeeded").GetInt64().ShouldBe(2);
        result.Json.GetProperty("failed").GetArrayLength().ShouldBe(0);
        result.Json.TryGetProperty("fault", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Validate_BadRows_AreListedCountedAndWritten()
    {
        var result = (await RunAsync(Bad, "--json", "--report", Report, "--good", _folder.File("good.csv"), "--bad", _folder.File("bad.csv"))).ShouldExitWith(ExitCode.SomeFailed);

        var failed = result.Json.GetProperty("failed").EnumerateArray().Select(Describe).ToArray();
        failed.ShouldBe(["row 3: min, line 3, age '-5'", "row 4: max_length, line 5, name 'charlie'", "row 4: type, line 5, age 'x'", "row 4: primary_key, line 5, id '2', first 3", "row 5: cell_count, line 6"]);
        result.Json.GetProperty("items").GetInt64().ShouldBe(4);
        result.Json.GetProperty("succeeded").GetInt64().ShouldBe(1);
        result.Json.GetProperty("failedCount").GetInt64().ShouldBe(3);
        result.Json.GetProperty("failureCount").GetInt64().ShouldBe(5);
        result.Json.GetProperty("notDone").GetInt64().ShouldBe(0);
        result.Json.GetProperty("counts").EnumerateArray().Sum(count => count.GetProperty("count").GetInt64()).ShouldBe(5);
        result.Json.GetProperty("outputs").GetArrayLength().ShouldBe(3);
        File.ReadLines(Report).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("code").GetString()).ShouldBe(["min", "max_length", "type", "primary_key", "cell_count"]);
        File.ReadAllText(_folder.File("good.csv")).ShouldBe("id,name,age\n1,ada,36\n");
        File.ReadAllText(_folder.File("bad.csv")).ShouldBe("id,name,age\n2,\"b\nob\",-5\n2,charlie,x\n3,e,1,2\n");
    }

    [Fact]
    public async Task Validate_Tolerance_MakesTheFileGoodEnough()
    {
        var result = (await RunAsync(Bad, "--max-errors", "75%")).ShouldExitWith(ExitCode.Done);

        result.Output.ShouldContain("4 rows, 3 bad, 5 failures");
        result.Output.ShouldContain("within --max-errors 75%");
        (await RunAsync(Bad, "--max-errors", "2")).ShouldExitWith(ExitCode.SomeFailed).Output.ShouldContain("row 3, line 3, age '-5': min: ");
    }

    [Fact]
    public async Task Validate_CompressedNdjson_IsSeenByItsName()
    {
        var file = _folder.File("rows.ndjson.gz");
        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            gzip.Write("""
                {"id":1,"name":"ada","age":36}
                {"id":2,"name":"=bob","age":-1}
                {"id":3,"nmae":"eve"}
                """u8);
        }

        (await CommandProcess.RunAsync("validate", file, "--schema", _folder.Write("schema.json", Schema), "--report", _folder.File("report.csv"))).ShouldExitWith(ExitCode.SomeFailed);

        File.ReadAllLines(_folder.File("report.csv"))[1..].Select(line => string.Join(',', line.Split(',')[..4])).ShouldBe(["2,2,\"age\",\"min\"", "3,3,\"\",\"cell_count\""]);
    }

    [Fact]
    public async Task Validate_AFileThatEndsTooEarly_SaysSoAndWritesNothing()
    {
        var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Bad));
        }

        var file = _folder.File("cut.csv.gz");
        File.WriteAllBytes(file, whole.ToArray()[..^4]);

        var result = await CommandProcess.RunAsync("validate", file, "--schema", _folder.Write("schema.json", Schema), "--report", Report, "--json", "--max-errors", "100%");

        result.ShouldExitWith(ExitCode.SomeFailed).Json.GetProperty("fault").GetProperty("code").GetString().ShouldBe("gzip_truncated");
        Directory.GetFileSystemEntries(_folder.File("out")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Validate_InterruptedWhileItReads_EndsAndWritesNothing()
    {
        using var command = CommandProcess.Start(["validate", "-", "--schema", _folder.Write("schema.json", Schema), "--good", _folder.File("out", "good.csv")]);

        // Far more than a pipe holds: when all of it is gone, the command has read it and waits for more.
        await command.WriteAsync(Encoding.UTF8.GetBytes("id,name,age\n" + string.Concat(Enumerable.Range(0, 200_000).Select(id => $"{id},ada,36\n"))));
        command.Interrupt();

        (await command.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldExitWith(ExitCode.Cancelled);
        Directory.GetFileSystemEntries(_folder.File("out")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Validate_OnACluster_FindsTheSame()
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var server = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));

        var result = await RunAsync(Bad, "--json", "--report", Report, "--cluster", redis.ConnectionString);

        result.ShouldExitWith(ExitCode.SomeFailed).Json.GetProperty("failureCount").GetInt64().ShouldBe(5);
        File.ReadLines(Report).Count().ShouldBe(5);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandResult> RunAsync(string file, params string[] arguments) => CommandProcess.RunAsync(
        ["validate", _folder.Write("rows.csv", file), "--schema", _folder.Write("schema.json", Schema), .. arguments]);

    private static string Describe(JsonElement failed)
    {
        var at = failed.GetProperty("at");
        var column = at.TryGetProperty("column", out var name) ? $", {name} '{at.GetProperty("value")}'" : "";
        var first = at.TryGetProperty("firstRow", out var row) ? $", first {row}" : "";
        return $"{failed.GetProperty("item")}: {failed.GetProperty("code")}, line {at.GetProperty("line")}{column}{first}";
    }
}
