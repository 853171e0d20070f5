using System.Globalization;
using Armature.Testing;
using Armature.Testing.Processes;
using Orleans.Runtime;

namespace Armature.Benchmarks;

/// <summary>Silo processes of this program, some of them slow, and a client in this process.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private readonly SiloCluster _cluster;

    private BenchmarkCluster(SiloCluster cluster) => _cluster = cluster;

    public ArmatureClient Client => _cluster.Client.GetRequiredService<ArmatureClient>();

    public IGrainFactory Grains => _cluster.Client.GetRequiredService<IGrainFactory>();

    /// <summary>The address of the cluster's Redis.</summary>
    public string Redis => _cluster.Redis.ConnectionString;

    /// <summary>The silo port of a process, in the order of their start.</summary>
    public int SiloPort(int silo) => _cluster.Silos[silo].Settings.SiloPort;

    /// <summary>Starts silos, and returns when all are members and a client is connected.</summary>
    /// <param name="slowness">For each silo, how many times as long as on a fast one its work takes.</param>
    public static async Task<BenchmarkCluster> StartAsync(params IReadOnlyList<int> slowness)
    {
        var cluster = new BenchmarkCluster(await SiloCluster.StartAsync(slowness.Select(Member)));
        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        await Eventually.BecomesTrueAsync(
            async () => (await management.GetHosts(onlyActive: true)).Count == slowness.Count, "all silos are members");
        return cluster;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static Func<SiloSettings, SiloSettings> Member(int slowness) => member => member with
    {
        Assembly = "Armature.Orleans.Benchmarks.dll",
        Arguments = [BenchmarkClusterSilo.Argument, slowness.ToString(CultureInfo.InvariantCulture)],
        Options = new Dictionary<string, string>
        {
            ["Images:Enabled"] = "false",
        },
    };
}
