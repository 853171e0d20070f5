using System.Text.Json;
using Armature.Images;

namespace Armature.Reporting;

public sealed class ReportWriterTests : IDisposable
{
    private readonly StringWriter _writer = new();

    [Fact]
    public void WriteJson_Report_BeginsWithTheCommonFields()
    {
        var report = new ImagesReport
        {
            Items = 3, Succeeded = 2, Failed = [new FailedItem("in/ü.txt", "unsupported_format", "No picture.")], Seconds = 1.25, Skipped = 1, Outputs = 1, Out = "/out",
        };

        ReportWriter.WriteJson(_writer, report);

        using var document = JsonDocument.Parse(_writer.ToString());
        document.RootElement.EnumerateObject().Select(property => property.Name)
            .ShouldBe(["items", "succeeded", "failed", "seconds", "cancelled", "notDone", "skipped", "outputs", "out"], ignoreOrder: true);
        document.RootElement.EnumerateObject().Take(4).Select(property => property.Name).ShouldBe(["items", "succeeded", "failed", "seconds"]);
        document.RootElement.GetProperty("failed")[0].EnumerateObject().Select(property => property.Name).ShouldBe(["item", "code", "message"]);
        _writer.ToString().ShouldContain("in/ü.txt");
    }

    [Fact]
    public void WriteFailures_Many_ListsSomeAndCountsTheRest()
    {
        ReportWriter.WriteFailures(_writer, [.. Enumerable.Range(0, 1_500).Select(i => new FailedItem($"{i}.jpg", "decode_failed", "Damaged."))]);

        var lines = _writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(21);
        lines[0].ShouldContain("0.jpg: decode_failed: Damaged.");
        lines[^1].ShouldContain("1,480 more");
    }

    public void Dispose() => _writer.Dispose();
}
