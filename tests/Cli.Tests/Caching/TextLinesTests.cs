using System.Text;
using CsCheck;

namespace Armature.Caching;

public sealed class TextLinesTests
{
    [Fact]
    public void ReadAsync_AnyText_GivesItsLines() => Gen.String[Gen.Char["ab\r\n"], 0, 60].Sample(text =>
    {
        var lines = ReadAsync(text, 100).ToBlockingEnumerable().ToList();

        string[] expected = text.EndsWith('\n') || text.Length == 0 ? text.Split('\n')[..^1] : text.Split('\n');
        lines.Select(line => Encoding.UTF8.GetString(line.Line!)).ShouldBe(expected);
        lines.LastOrDefault().ReadTo.ShouldBe(text.Length);
    });

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1_000_000)]
    public async Task ReadAsync_LineTooLong_IsPassedOver(int length)
    {
        var lines = await ReadAsync($"before\n{new string('x', length)}\nafter", 10).ToListAsync();

        lines.Select(line => line.Line?.Length).ShouldBe([6, length > 10 ? null : length, 5]);
        lines[^1].ReadTo.ShouldBe(length + 13);
    }

    private static IAsyncEnumerable<(byte[]? Line, long ReadTo)> ReadAsync(string text, int maxBytes) =>
        TextLines.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), maxBytes, TestContext.Current.CancellationToken);
}
