using Armature.Hosting;
using Armature.Testing;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Armature.Benchmarks;

/// <summary>A silo of the default host in this process, on free ports and a folder of its own, and perhaps a client from outside.</summary>
internal sealed class BenchmarkSilo : IAsyncDisposable
{
    private readonly WebApplication _silo;
    private readonly IHost? _outside;
    private readonly TemporaryFolder _folder;

    private BenchmarkSilo(WebApplication silo, IHost? outside, TemporaryFolder folder)
    {
        _silo = silo;
        _outside = outside;
        _folder = folder;
    }

    public IServiceProvider Services => _silo.Services;

    public ArmatureOptions Options => Services.GetRequiredService<IOptions<ArmatureOptions>>().Value;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>The client in the silo's process.</summary>
    public ArmatureClient Client => Services.GetRequiredService<ArmatureClient>();

    /// <summary>A client that comes through the gateway's socket.</summary>
    public ArmatureClient OutsideClient => _outside!.Services.GetRequiredService<ArmatureClient>();

    /// <summary>A silo, and a client from outside.</summary>
    public static async Task<BenchmarkSilo> StartAsync(Action<IServiceCollection> services, Action<ArmatureOptions>? options = null)
    {
        var folder = new TemporaryFolder();
        var gateway = FreePort.Next();
        var silo = await StartSiloAsync(folder, gateway, services, options);
        return new(silo, await StartOutsideAsync(silo, gateway), folder);
    }

    /// <summary>A silo alone.</summary>
    public static async Task<BenchmarkSilo> StartAloneAsync(Action<ArmatureOptions> options)
    {
        var folder = new TemporaryFolder();
        return new(await StartSiloAsync(folder, FreePort.Next(), static _ => { }, options), null, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await (_outside?.StopAsync() ?? Task.CompletedTask);
        await _silo.StopAsync();
        _outside?.Dispose();
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<WebApplication> StartSiloAsync(TemporaryFolder folder, int gateway, Action<IServiceCollection> services, Action<ArmatureOptions>? options)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddArmature(configured =>
        {
            configured.DataFolder = folder.Path;
            configured.Cluster.SiloPort = FreePort.Next();
            configured.Cluster.GatewayPort = gateway;
            configured.Http.Port = 0;
            options?.Invoke(configured);
        });
        services(builder.Services);
        var silo = builder.Build();
        await silo.StartAsync();
        return silo;
    }

    private static async Task<IHost> StartOutsideAsync(WebApplication silo, int gateway)
    {
        var outside = Host.CreateApplicationBuilder();
        outside.Logging.ClearProviders();
        outside.UseOrleansClient(client => client.UseLocalhostClustering(gateway, "armature", "armature"));
        outside.Services.AddSingleton(silo.Services.GetRequiredService<Storage.IBlobStore>());
        outside.Services.AddArmatureClientServices();
        var host = outside.Build();
        await host.StartAsync();
        return host;
    }
}
