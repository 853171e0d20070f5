using Armature.Testing.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Testing.Processes;

/// <summary>Real silo processes on one real Redis, and a client in this process.</summary>
public sealed class SiloCluster : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly TemporaryFolder _dataFolder = new();
    private readonly RedisServer _redis;
    private readonly IReadOnlyDictionary<string, string> _options;
    private IHost? _client;

    private SiloCluster(RedisServer redis, IReadOnlyDictionary<string, string> options)
    {
        _redis = redis;
        _options = options;
    }

    /// <summary>The cluster's Redis.</summary>
    public RedisServer Redis => _redis;

    /// <summary>The data folder that all members share.</summary>
    public string DataFolder => _dataFolder.Path;

    /// <summary>The processes, in the order of their start.</summary>
    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>The services of a client from outside.</summary>
    public IServiceProvider Client => _client!.Services;

    /// <summary>Starts silos, and a client when they are ready.</summary>
    public static Task<SiloCluster> StartAsync(int silos, IReadOnlyDictionary<string, string>? options = null) =>
        StartAsync(Enumerable.Repeat<Func<SiloSettings, SiloSettings>>(member => member, silos), options);

    /// <summary>Starts silos, each in a way of its own, and a client when they are ready.</summary>
    public static async Task<SiloCluster> StartAsync(
        IEnumerable<Func<SiloSettings, SiloSettings>> members, IReadOnlyDictionary<string, string>? options = null)
    {
        var cluster = new SiloCluster(await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile), options ?? new Dictionary<string, string>());
        try
        {
            await Task.WhenAll(members.Select(member => cluster.LaunchSilo(member(cluster.NewMember())).BecomesReadyAsync()));
            cluster._client = await cluster.ConnectAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings of one more member.</summary>
    public SiloSettings NewMember() => new() { Redis = _redis.ConnectionString, DataFolder = _dataFolder.Path, Options = _options };

    /// <summary>Starts one more member; it is not ready yet.</summary>
    public SiloProcess LaunchSilo() => LaunchSilo(NewMember());

    /// <summary>Starts one more member in a way of its own; it is not ready yet.</summary>
    public SiloProcess LaunchSilo(SiloSettings settings)
    {
        var silo = SiloProcess.Launch(settings);
        _silos.Add(silo);
        return silo;
    }

    /// <inheritdoc/>
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
        _dataFolder.Dispose();
    }

    private async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddArmatureClient(client =>
        {
            client.Redis.ConnectionString = _redis.ConnectionString;
            client.Cluster.Secret = _options.GetValueOrDefault("Cluster:Secret");
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
