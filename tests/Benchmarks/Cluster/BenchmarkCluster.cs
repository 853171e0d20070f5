using System.Globalization;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.Testing.Redis;
using Orleans.Runtime;

namespace Armature.Benchmarks;

/// <summary>Silo processes of this program on a Redis of their own, and a client in this process.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RedisServer _redis;
    private readonly IReadOnlyList<SiloProcess> _silos;
    private IHost? _client;

    private BenchmarkCluster(RedisServer redis, IReadOnlyList<int> slowness)
    {
        _redis = redis;
        _silos = [.. slowness.Select(times => SiloProcess.Launch(Settings(times)))];
    }

    public ArmatureClient Client => _client!.Services.GetRequiredService<ArmatureClient>();

    public IGrainFactory Grains => _client!.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The silo port of a process, in the order of their start.</summary>
    public int SiloPort(int silo) => _silos[silo].Settings.SiloPort;

    /// <summary>Starts silos, and returns when all are members and a client is connected.</summary>
    /// <param name="slowness">For each silo, how many times as long as on a fast one its work takes.</param>
    public static async Task<BenchmarkCluster> StartAsync(params IReadOnlyList<int> slowness)
    {
        var cluster = new BenchmarkCluster(await RedisServer.StartAsync(), slowness);
        try
        {
            await Task.WhenAll(cluster._silos.Select(silo => silo.BecomesReadyAsync()));
            cluster._client = await cluster.ConnectAsync();
            var management = cluster.Grains.GetGrain<IManagementGrain>(0);
            await Eventually.BecomesTrueAsync(
                async () => (await management.GetHosts(onlyActive: true)).Count == slowness.Count, "all silos are members");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    private SiloSettings Settings(int slowness) => new()
    {
        Assembly = "Armature.Orleans.Benchmarks.dll",
        Arguments = [BenchmarkClusterSilo.Argument],
        Redis = _redis.ConnectionString,
        DataFolder = _folder.Path,
        Options = new Dictionary<string, string>
        {
            [SiloSlots.SlownessOption] = slowness.ToString(CultureInfo.InvariantCulture),
            ["Images:Enabled"] = "false",
        },
    };

    private async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddArmatureClient(client => client.Redis.ConnectionString = _redis.ConnectionString);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
