using Armature.Batching;
using Armature.Clustering;
using Armature.CommandLine;
using Microsoft.Extensions.Hosting;

namespace Armature.Hosting;

/// <summary>A client of a running cluster, for the time of one command.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    // A person waits: a cluster that is there answers in a second.
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    private readonly IHost _host;

    private ClusterConnection(IHost host) => _host = host;

    /// <summary>The services of the client.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The client.</summary>
    public ArmatureClient Client => Services.GetRequiredService<ArmatureClient>();

    /// <summary>Connects to a cluster.</summary>
    /// <exception cref="UsageException">There is no cluster at the address, or it does not let this client in.</exception>
    public static async Task<ClusterConnection> OpenAsync(ClusterAddress address, Verbosity verbosity, CancellationToken cancellationToken)
    {
        var connection = new ClusterConnection(Build(address, verbosity));
        try
        {
            await connection._host.StartAsync(cancellationToken);
            return connection;
        }
        catch (Exception e)
        {
            await ((IAsyncDisposable)connection._host).DisposeAsync();
            if (StartFailure.Describe(e) is { } message)
            {
                throw new UsageException(message, e);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static IHost Build(ClusterAddress address, Verbosity verbosity)
    {
        var configured = CommandConfiguration.Read();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        CommandLogging.AddTo(builder.Logging, verbosity);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddSingleton<BatchFailures>();
        builder.Services.AddArmatureClient(client =>
        {
            client.ConnectTimeout = ConnectTime;
            client.Redis.StartupTimeout = ConnectTime;
            client.Cluster.ClusterId = configured.Cluster.ClusterId;
            client.Cluster.ServiceId = configured.Cluster.ServiceId;
            client.Cluster.Secret = configured.Cluster.Secret;
            if (address.Redis is { } redis)
            {
                client.Redis.ConnectionString = ConnectionString(redis, configured.Redis.ConnectionString);
            }
            else
            {
                client.LocalGatewayPort = FindLocal(configured.DataFolder).GatewayPort;
            }
        });
        return builder.Build();
    }

    // A password has no place on a command line: when the environment names the same server, what else it says of it counts.
    private static string ConnectionString(string address, string? configured) =>
        configured?.Split(',')[0].Trim() == address ? configured : address;

    private static RunningSilo FindLocal(string dataFolder) => RunningSilo.Find(dataFolder)
        ?? throw new UsageException($"No 'armature serve' without Redis runs on this machine with the data folder {dataFolder}. Start one, or give --cluster HOST:PORT of a cluster's Redis.");
}
