using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Serving;

/// <summary>Runs <c>armature serve</c>.</summary>
internal sealed class ServeVerb(CommandConsole console)
{
    private const int DefaultHttpPort = 5_000;

    /// <summary>Serves until it is cancelled.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">It cannot start as it is asked to.</exception>
    public async Task<int> RunAsync(ServeArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments is { Roles: SiloRoles.Gateway, Redis: null } && !CommandConfiguration.HasRedis())
        {
            throw new UsageException("--roles gateway is no silo and finds those of its cluster in Redis: give --redis HOST:PORT.");
        }

        await using var app = Build(arguments);
        try
        {
            // Before the start makes the services that the checks are about, such as the store in a data folder that is in use.
            await app.Services.GetRequiredService<StartupChecks>().CheckAsync(cancellationToken);
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (StartFailure.Describe(e) is { } message)
        {
            throw new UsageException(message, e);
        }

        Announce(app, arguments.Common.Format);
        await WaitAsync(app, cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private static WebApplication Build(ServeArguments arguments)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        CommandConfiguration.AddTo(builder.Configuration, PortsWhenNoneAreGiven(arguments));
        CommandLogging.AddTo(builder.Logging, arguments.Common.Verbosity);
        builder.AddArmature(options => Apply(arguments, options));
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        var app = builder.Build();
        app.MapArmature();
        return app;
    }

    // Several silos of one cluster run on a machine, a silo alone is looked for where it always is.
    private static IEnumerable<KeyValuePair<string, string?>> PortsWhenNoneAreGiven(ServeArguments arguments)
    {
        var joins = arguments.Redis is not null || CommandConfiguration.HasRedis();
        yield return KeyValuePair.Create<string, string?>("Armature:Http:Port", joins ? "0" : DefaultHttpPort.ToString(CultureInfo.InvariantCulture));
        if (joins)
        {
            yield return KeyValuePair.Create<string, string?>("Armature:Cluster:SiloPort", "0");
            yield return KeyValuePair.Create<string, string?>("Armature:Cluster:GatewayPort", "0");
        }
    }

    private static void Apply(ServeArguments arguments, ArmatureOptions options)
    {
        if (arguments.Redis is { } redis && options.Redis.ConnectionString?.Split(',')[0].Trim() != redis)
        {
            options.Redis.ConnectionString = redis;
        }

        options.Cluster.Roles = arguments.Roles ?? options.Cluster.Roles;
        options.Cluster.SiloPort = arguments.SiloPort ?? options.Cluster.SiloPort;
        options.Cluster.GatewayPort = arguments.GatewayPort ?? options.Cluster.GatewayPort;
        options.Http.Port = arguments.HttpPort ?? options.Http.Port;
    }

    private void Announce(WebApplication app, ReportFormat format)
    {
        var options = app.Services.GetRequiredService<IOptions<ArmatureOptions>>().Value;
        var endpoints = options.Cluster.Roles.HasFlag(SiloRoles.Compute) ? app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value : null;
        var http = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var report = new ServeReport(Environment.ProcessId, endpoints?.SiloPort, endpoints?.GatewayPort, [.. http], options.DataFolder);
        if (format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
            return;
        }

        var ports = endpoints is null ? "gateway alone" : string.Create(CultureInfo.InvariantCulture, $"silo port {report.SiloPort}, gateway port {report.GatewayPort}");
        console.Output.WriteLine($"Serving: {ports}, {string.Join(' ', report.Http)}, data in {report.DataFolder}. Ctrl-C stops.");
    }

    private static async Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Token.Register(stopped.SetResult);
        await stopped.Task;
    }
}
