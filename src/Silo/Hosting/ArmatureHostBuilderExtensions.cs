using Armature.Clustering;
using Armature.Health;
using Armature.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Armature to a host.</summary>
public static class ArmatureHostBuilderExtensions
{
    /// <summary>
    /// Makes this host a silo with a client in the same process, or a client alone, as the options say. Options come from the
    /// environment's preset, then from the section <c>Armature</c> of the configuration, then from <paramref name="configure"/>.
    /// </summary>
    public static IHostApplicationBuilder AddArmature(this IHostApplicationBuilder builder, Action<ArmatureOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new ArmatureSettings(builder.Environment, builder.Configuration, configure);
        var options = settings.Read();

        AddOptions(builder.Services, settings);
        AddStartup(builder.Services, options);
        builder.Services.AddArmatureHealth();
        builder.Services.Configure<KestrelServerOptions>(kestrel => HttpListening.Configure(kestrel, options.Http));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Cluster.ShutdownBudget);
        builder.Logging.AddFilter("Polly", LogLevel.Warning); // Orleans places every grain through Polly, which logs each time.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error); // Reports the uptime of the machine as a stall at each start.
        if (options.Cluster.Roles == SiloRoles.Gateway)
        {
            GatewayComposition.Compose(builder.Services, options);
        }
        else
        {
            settings.Refuse(OrleansSection.AddSilo(builder, silo => SiloComposition.Compose(silo, options)));
        }

        return builder;
    }

    private static void AddOptions(IServiceCollection services, ArmatureSettings settings)
    {
        services.AddOptions<ArmatureOptions>().Configure(settings.Apply).ValidateOnStart();
        services.AddSingleton(settings);
        services.AddSingleton<HttpAddresses>();
        services.AddSingleton<HttpExposure>();
        services.AddSingleton<IValidateOptions<ArmatureOptions>, ArmatureOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
    }

    private static void AddStartup(IServiceCollection services, ArmatureOptions options)
    {
        services.AddHostedService<UnhandledStartFailure>();
        services.AddSingleton<StartupChecks>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupChecks>());
        services.AddHostedService<BoundAddresses>();
        if (services.Any(service => service.ServiceType == typeof(IConnectionListenerFactory) && !service.IsKeyedService))
        {
            services.AddSingleton<IConnectionListenerFactory, HttpListenGuard>(); // Alone it would keep Kestrel from adding its own.
        }

        if (options.Cluster.Roles != SiloRoles.Gateway)
        {
            services.AddSingleton<IStartupCheck, SiloExposure>();
            services.AddSingleton<IStartupCheck, DataFolderLock>();
        }

        services.AddSingleton<IStartupCheck, PortCheck>();
        if (options.Cluster.Roles != SiloRoles.Gateway && options.Redis.CanConnect())
        {
            services.AddSharedRedis(options.Redis);
            services.AddSingleton<IStartupCheck, RedisCheck>();
        }

        if (options.Cluster.Roles != SiloRoles.Gateway)
        {
            services.AddSingleton<IStartupCheck, RecordStoreCheck>();
        }
    }
}
