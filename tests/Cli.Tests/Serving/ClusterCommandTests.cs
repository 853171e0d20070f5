using System.Text.Json;
using Armature.CommandLine;
using Armature.Testing;
using Armature.Testing.Redis;

namespace Armature.Serving;

/// <summary><c>armature cluster</c>, on servers of one Redis.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Cluster_OfTwo_ListsEachSiloWithWhatItIsAndHasToDo()
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var one = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));
        using var other = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));

        var result = (await CommandProcess.RunAsync("cluster", "--cluster", redis.ConnectionString, "--json")).ShouldExitWith(ExitCode.Done);

        var silos = result.Json.GetProperty("silos").EnumerateArray().ToList();
        silos.Count.ShouldBe(2);
        silos.Select(silo => silo.GetProperty("silo").GetString()).ShouldBeUnique();
        silos.ShouldAllBe(silo => silo.GetProperty("status").GetString() == "active");
        silos.ShouldAllBe(silo => silo.GetProperty("version").GetString()!.StartsWith("0.", StringComparison.Ordinal));
        silos.ShouldAllBe(silo => silo.GetProperty("roles").GetString() == "compute, gateway");
        silos.ShouldAllBe(silo => silo.GetProperty("cpuThreads").GetInt32() > 0 && silo.GetProperty("ioConcurrency").GetInt32() == 512);
        silos.ShouldAllBe(silo => Number(silo, "runningItems") == 0 && Number(silo, "queuedItems") == 0 && Number(silo, "coordinatedBatches") == 0);

        var table = (await CommandProcess.RunAsync("cluster", "--cluster", redis.ConnectionString)).ShouldExitWith(ExitCode.Done);
        var lines = table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("SILO");
    }

    [Fact]
    public async Task Cluster_WithoutACluster_SaysWhatToGive()
    {
        var result = await CommandProcess.RunAsync("cluster");

        result.ShouldExitWith(ExitCode.BadUsage);
        result.Error.ShouldContain("Give --cluster HOST:PORT");
    }

    public void Dispose() => _folder.Dispose();

    private static int Number(JsonElement silo, string name) => silo.GetProperty(name).GetInt32();
}
