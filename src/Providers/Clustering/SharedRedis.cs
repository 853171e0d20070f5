using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Armature.Clustering;

/// <summary>One connection to Redis for everything in a process that needs it.</summary>
public static class SharedRedis
{
    /// <summary>Adds the one <see cref="IConnectionMultiplexer"/>. It connects in the background and goes on trying.</summary>
    public static IServiceCollection AddSharedRedis(this IServiceCollection services, RedisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(Parse(options)));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<RedisStartup>(provider, options));
        return services;
    }

    /// <summary>Whether a server is named, and in a text that can be read.</summary>
    public static bool CanConnect(this RedisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return options.IsConfigured && ConfigurationOptions.Parse(options.ConnectionString!).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>What a connection string says.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static ConfigurationOptions Parse(RedisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parsed = ConfigurationOptions.Parse(options.ConnectionString ?? string.Empty);
        parsed.AbortOnConnectFail = false;
        return parsed;
    }
}
