using Armature.CommandLine;
using Armature.Testing;
using Armature.Testing.Redis;

namespace Armature.Serving;

/// <summary>Servers of one Redis, and commands that work on the cluster that they are.</summary>
public sealed class ServeClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Images_OnAClusterOfTwo_WritesTheOutputsHere()
    {
        const int Pictures = 12;
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var one = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));
        using var other = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));
        for (var i = 0; i < Pictures; i++)
        {
            TestPictures.Write(_folder.File("in", $"{i}.jpg"), 400 + i, 300);
        }

        _folder.Write("in/notes.txt", "no picture at all");
        var result = await CommandProcess.RunAsync("images", _folder.File("in"), "--out", _folder.File("out"), "--cluster", redis.ConnectionString, "--json");

        result.ShouldExitWith(ExitCode.SomeFailed);
        result.Json.GetProperty("succeeded").GetInt32().ShouldBe(Pictures);
        result.Json.GetProperty("failed")[0].GetProperty("code").GetString().ShouldBe("unsupported_format");
        Directory.GetFiles(_folder.File("out"), "*.jpg").Length.ShouldBe(Pictures);
    }

    [Fact]
    public async Task Images_NoClusterThere_IsRefused()
    {
        TestPictures.Write(_folder.File("in", "a.jpg"));

        var result = await CommandProcess.RunAsync("images", _folder.File("in"), "--out", _folder.File("out"), "--cluster", $"127.0.0.1:{FreePort.Next()}");

        result.ShouldExitWith(ExitCode.BadUsage);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("Redis");
    }

    public void Dispose() => _folder.Dispose();
}
