using System.Text;
using Armature;
using Armature.Validation.Files;
using Armature.Validation.Tables;

namespace Examples.Validation;

/// <summary>Files, as docs/validation.md has them.</summary>
[Collection(HostedExamples.Name)]
public sealed class FileExample(ExampleHost host) : IDisposable
{
    private readonly ArmatureClient _client = host.Client;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("armature-example-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ValidateFileAsync_FileWithSchema_CountsAndLocatesWhatIsWrong()
    {
        string path = Path.Combine(_folder.FullName, "orders.csv");
        await File.WriteAllTextAsync(path, "id,email,amount\n1,ada@example.com,10.50\n2,nobody,3\n1,bob@example.com,many\n");
        TableSchema schema = TableSchema.Parse("""
            {
              "fields": [
                { "name": "id", "type": "integer" },
                { "name": "email", "type": "string", "format": "email" },
                { "name": "amount", "type": "number" }
              ],
              "primaryKey": "id"
            }
            """);
        using var failures = new MemoryStream();
        using var good = new MemoryStream();

        FileReport report = await _client.Validation.ValidateFileAsync(path, schema, new() { Failures = failures, Good = good });

        report.Rows.ShouldBe(3);
        report.BadRows.ShouldBe(2);
        report.Counts.Select(count => $"{count.Column} {count.Code} {count.Count}").ShouldBe(["email email 1", "amount type 1", "id primary_key 1"]);
        report.Failures.Select(failure => $"{failure.Row} {failure.Column} {failure.Value} {failure.FirstRow}").ShouldBe(["3 email nobody ", "4 amount many ", "4 id 1 2"]);
        report.IsWithin(FileTolerance.Percent(1)).ShouldBeFalse();
        Encoding.UTF8.GetString(good.ToArray()).ShouldBe("id,email,amount\n1,ada@example.com,10.50\n");
        Encoding.UTF8.GetString(failures.ToArray()).Split('\n').Length.ShouldBe(4);
    }
}
