using Armature.CommandLine;
using Armature.Testing;

namespace Armature.Rendering;

public sealed class InputsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_RoutesWithTextsAndNumbers_GivesThemByRoute()
    {
        var inputs = await ReadAsync("""{"/a": "v1", "größe": 7, "/a b%20": "x"}""".Replace("/a b%20", "/a%20b", StringComparison.Ordinal));

        inputs.ShouldBe(new Dictionary<string, string> { ["/a"] = "v1", ["/gr%C3%B6%C3%9Fe"] = "7", ["/a%20b"] = "x" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "")]
    [InlineData("""{"//evil": "1"}""", "'//evil' is no route")]
    [InlineData("""{"/a": null}""", "neither a string nor a number")]
    public async Task Read_AnythingElse_IsBadUsage(string json, string why) =>
        (await Should.ThrowAsync<UsageException>(ReadAsync(json))).Message.ShouldContain(why);

    [Fact]
    public async Task Read_Missing_IsBadUsage() =>
        (await Should.ThrowAsync<UsageException>(InputsFile.ReadAsync(_folder.File("none"), TestContext.Current.CancellationToken))).Message.ShouldContain("--inputs");

    private async Task<IReadOnlyDictionary<string, string>> ReadAsync(string json)
    {
        await File.WriteAllTextAsync(_folder.File("inputs.json"), json, TestContext.Current.CancellationToken);
        return await InputsFile.ReadAsync(_folder.File("inputs.json"), TestContext.Current.CancellationToken);
    }
}
