namespace Armature.Validation.Files;

public sealed class FileToleranceTests
{
    [Theory]
    [InlineData("0", 0, 10, true)]
    [InlineData("0", 1, 10, false)]
    [InlineData("3", 3, 3, true)]
    [InlineData("3", 4, 1_000, false)]
    [InlineData("1%", 1, 100, true)]
    [InlineData("1%", 2, 199, false)]
    [InlineData("1.5%", 3, 200, true)]
    [InlineData("100%", 7, 7, true)]
    [InlineData("0%", 0, 0, true)]
    public void IsWithin_AnyTolerance_ComparesBadRowsWithIt(string text, long bad, long rows, bool expected)
    {
        FileTolerance.TryParse(text, out var tolerance).ShouldBeTrue();

        Report(bad, rows).IsWithin(tolerance).ShouldBe(expected);
        tolerance.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("101%")]
    [InlineData("1,5%")]
    [InlineData("many")]
    public void TryParse_NoTolerance_IsFalse(string? text) => FileTolerance.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void IsWithin_FileThatWasNotReadToItsEnd_IsFalse() =>
        (Report(0, 10) with { Fault = new("gzip_truncated", "It ends early.", 7) }).IsWithin(FileTolerance.Percent(100)).ShouldBeFalse();

    private static FileReport Report(long bad, long rows) => new() { Rows = rows, BadRows = bad, Counts = [], Failures = [] };
}
