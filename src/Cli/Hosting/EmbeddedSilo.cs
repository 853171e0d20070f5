using Armature.CommandLine;
using Armature.Processes;
using Microsoft.Extensions.Hosting;

namespace Armature.Hosting;

/// <summary>
/// A silo inside the command: free ports, a data folder of its own, all cores, and only the systems that the command needs. Commands beside
/// each other do not know of each other.
/// </summary>
internal sealed class EmbeddedSilo : IAsyncDisposable
{
    // What runs was cancelled before; a person waits for the prompt.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);

    private readonly IHost _host;
    private readonly OwnedFolder _dataFolder;
    private readonly TimeProvider _timeProvider;

    private EmbeddedSilo(IHost host, OwnedFolder dataFolder, TimeProvider timeProvider)
    {
        _host = host;
        _dataFolder = dataFolder;
        _timeProvider = timeProvider;
    }

    /// <summary>The services of the silo and of the client in the same process.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a silo.</summary>
    /// <param name="verbosity">How much of its log is shown.</param>
    /// <param name="choose">Chooses the command's systems among those that cost a start of their own: images, whose workers are processes, and rendering.</param>
    /// <param name="configure">Adds the command's own services.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="UsageException">It cannot start as it is configured.</exception>
    public static async Task<EmbeddedSilo> StartAsync(
        Verbosity verbosity, Action<ArmatureOptions> choose, Action<IServiceCollection> configure, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var dataFolder = OwnedFolder.Create("silo", timeProvider);
        var silo = new EmbeddedSilo(Build(dataFolder.Path, verbosity, choose, configure), dataFolder, timeProvider);
        try
        {
            await silo.Services.GetRequiredService<StartupChecks>().CheckAsync(cancellationToken);
            await silo._host.StartAsync(cancellationToken);
            return silo;
        }
        catch (Exception e)
        {
            await silo.ReleaseAsync();
            if (StartFailure.Describe(e) is { } message)
            {
                throw new UsageException(message, e);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var stopTime = new CancellationTokenSource(StopTime, _timeProvider);
        try
        {
            await _host.StopAsync(stopTime.Token);
        }
        catch (OperationCanceledException) when (stopTime.IsCancellationRequested)
        {
            // It had its time. Nothing of it is needed after the command, and nobody else knows it.
        }

        await ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _dataFolder.Dispose();
    }

    private static IHost Build(string dataFolder, Verbosity verbosity, Action<ArmatureOptions> choose, Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        CommandConfiguration.AddTo(builder.Configuration);
        CommandLogging.AddTo(builder.Logging, verbosity);
        builder.AddArmature(options =>
        {
            options.DataFolder = dataFolder;
            options.Images.Enabled = false;
            options.Rendering.Enabled = false;
            options.Redis.ConnectionString = null;
            options.Cluster.Roles = SiloRoles.Compute | SiloRoles.Gateway;
            options.Cluster.ListenAddress = "127.0.0.1";
            options.Cluster.AdvertisedAddress = null;
            options.Cluster.Secret = null;
            options.Cluster.SiloPort = 0;
            options.Cluster.GatewayPort = 0;
            options.Cluster.AdvertisedSiloPort = null;
            options.Cluster.AdvertisedGatewayPort = null;
            choose(options);
        });
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        configure(builder.Services);
        return builder.Build();
    }
}
