using System.Text.Json;
using Armature.CommandLine;
using Armature.Testing;
using Armature.Testing.Redis;

namespace Armature.Caching;

/// <summary><c>armature cache</c>, on a server.</summary>
public sealed class CacheCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Cache_OneEntry_LivesAndEnds()
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var server = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));

        var set = await RunAsync("set", "a", """{"n":1}""", "greeting", "hello", "--ttl", "5m");
        var get = await RunAsync("get", "greeting", "a", "none");
        var ttl = await RunAsync("ttl", "a", "none");
        var exists = await RunAsync("exists", "none", "a");
        var deleted = await RunAsync("delete", "a", "a");

        set.Json.GetProperty("succeeded").GetInt32().ShouldBe(2);
        get.Json.GetProperty("found").GetInt32().ShouldBe(2);
        Entries(get)[0].GetProperty("text").GetString().ShouldBe("hello");
        Entries(get)[1].GetProperty("value").GetProperty("n").GetInt32().ShouldBe(1);
        Entries(get)[2].GetProperty("found").GetBoolean().ShouldBeFalse();
        Entries(ttl)[0].GetProperty("ttlSeconds").GetDouble().ShouldBeInRange(1, 300);
        Entries(exists).Select(entry => entry.GetProperty("found").GetBoolean()).ShouldBe([false, true]);
        Entries(deleted).Select(entry => entry.GetProperty("found").GetBoolean()).ShouldBe([true, false]);

        async Task<CommandResult> RunAsync(string verb, params string[] arguments) =>
            (await CommandProcess.RunAsync(["cache", verb, .. arguments, "--name", "things", "--cluster", redis.ConnectionString, "--json"])).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task Cache_WarmAndGet_SayWhatBecameOfEach()
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var server = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));
        await File.WriteAllLinesAsync(_folder.File("lines"), ["""{"key":"a","value":"x"}""", "no JSON"], TestContext.Current.CancellationToken);

        var warm = (await RunAsync("warm", _folder.File("lines"))).ShouldExitWith(ExitCode.SomeFailed);
        var get = (await RunAsync("get", "a", "none", "\t")).ShouldExitWith(ExitCode.SomeFailed);

        warm.Output.ShouldContain("1 of 2 entries written");
        warm.Output.ShouldContain("failed: line 2: line_invalid");
        get.Output.ShouldContain("a: \"x\"");
        get.Output.ShouldContain("none: no entry");
        get.Output.ShouldContain("control character");
        var stats = (await CommandProcess.RunAsync("cache", "stats", "--cluster", redis.ConnectionString, "--json")).ShouldExitWith(ExitCode.Done);
        var silo = stats.Json.GetProperty("silos").EnumerateArray().ShouldHaveSingleItem();
        silo.GetProperty("entries").GetInt32().ShouldBe(1);
        silo.GetProperty("caches")[0].GetProperty("hits").GetInt32().ShouldBe(1);
        silo.GetProperty("caches")[0].GetProperty("entries").GetInt32().ShouldBe(1);
        silo.GetProperty("caches")[0].GetProperty("bytes").GetInt32().ShouldBe(silo.GetProperty("bytes").GetInt32());
        var table = (await CommandProcess.RunAsync("cache", "stats", "--cluster", redis.ConnectionString)).ShouldExitWith(ExitCode.Done);
        table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);

        Task<CommandResult> RunAsync(string verb, params string[] arguments) =>
            CommandProcess.RunAsync(["cache", verb, .. arguments, "-n", "things", "--cluster", redis.ConnectionString]);
    }

    [Theory]
    [InlineData("Give --cluster HOST:PORT", "get", "a", "-n", "things")]
    [InlineData("'--name' is required", "get", "a", "--cluster", "local")]
    [InlineData("'b' has no value", "set", "a", "1", "b", "-n", "things", "--cluster", "local")]
    [InlineData("no time to live", "set", "a", "1", "-n", "things", "--ttl", "soon", "--cluster", "local")]
    [InlineData("Give --ttl too", "set", "a", "1", "-n", "things", "--sliding", "--cluster", "local")]
    [InlineData("cannot be read", "warm", "no-such-file", "-n", "things", "--cluster", "local")]
    [InlineData("'.' is a folder", "warm", ".", "-n", "things", "--cluster", "local")]
    [InlineData("Give a verb: get, set, delete, exists, ttl, warm, stats")]
    public async Task Cache_BadUsage_SaysWhatToGive(string expected, params string[] arguments)
    {
        var result = await CommandProcess.RunAsync(["cache", .. arguments]);

        result.ShouldExitWith(ExitCode.BadUsage);
        result.Error.ShouldContain(expected);
        result.Output.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static List<JsonElement> Entries(CommandResult result) => [.. result.Json.GetProperty("entries").EnumerateArray()];
}
