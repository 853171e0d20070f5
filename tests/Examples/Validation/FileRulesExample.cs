using System.Text;
using Armature.Validation.Files;

namespace Examples.Validation;

/// <summary>Files that rules in code check, as docs/validation.md has them.</summary>
[Collection(HostedExamples.Name)]
public sealed class FileRulesExample(ExampleHost host) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("armature-example-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ValidateFileAsync_FileByTheNameOfRules_ChecksEachRowAsARecord()
    {
        string path = Path.Combine(_folder.FullName, "sales.csv");
        await File.WriteAllTextAsync(path, "Customer ID,note\n1,\n500,unknown\nmany,unreadable\n");
        using var bad = new MemoryStream();

        FileReport report = await host.Client.Validation.ValidateFileAsync<Sale>(path, "sale", new() { Bad = bad });

        report.Rows.ShouldBe(3);
        report.Counts.Select(count => $"{count.Column} {count.Code} {count.Count}").ShouldBe(["customerId unreadable 1", "customerId exists 1"]);
        report.Failures.Select(failure => $"{failure.Row} {failure.Message}").ShouldBe(["3 customerId is not among customers.", "4 customerId cannot be read as a whole number."]);
        Encoding.UTF8.GetString(bad.ToArray()).ShouldBe("Customer ID,note\n500,unknown\nmany,unreadable\n");
    }
}
