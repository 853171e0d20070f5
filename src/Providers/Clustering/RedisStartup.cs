using System.Security.Authentication;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Armature.Clustering;

/// <summary>Waits at the start of a process until Redis answers, and gives up in time.</summary>
public sealed partial class RedisStartup(RedisOptions options, TimeProvider time, ILogger<RedisStartup> logger)
{
    private const int ConnectTimeoutMilliseconds = 2_000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when Redis has answered.</summary>
    /// <exception cref="RedisUnavailableException">It did not within <see cref="RedisOptions.StartupTimeout"/>.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var probe = Probe();
        var endpoints = string.Join(", ", probe.EndPoints.Select(EndPointCollection.ToString));
        string? reported = null;
        while (await TryConnectAsync(probe).WaitAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            var reason = Describe(failure, probe);
            var waited = time.GetElapsedTime(started);
            if (waited >= options.StartupTimeout)
            {
                throw new RedisUnavailableException(endpoints, waited, reason, failure);
            }

            if (reason != reported)
            {
                RedisDidNotAnswer(logger, endpoints, reason, options.StartupTimeout - waited);
                reported = reason;
            }

            await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A connection of its own: the shared one goes on trying in the background and does not tell why it has none.
    private ConfigurationOptions Probe()
    {
        var probe = SharedRedis.Parse(options);
        probe.AbortOnConnectFail = true;
        probe.ConnectRetry = 1;
        probe.ConnectTimeout = Math.Min(probe.ConnectTimeout, ConnectTimeoutMilliseconds);
        return probe;
    }

    private static async Task<RedisException?> TryConnectAsync(ConfigurationOptions probe)
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(probe).ConfigureAwait(false);
            await connection.GetDatabase().PingAsync().ConfigureAwait(false);
            return null;
        }
        catch (RedisException failure)
        {
            return failure;
        }
    }

    private static string Describe(RedisException failure, ConfigurationOptions probe) => failure switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure, InnerException: not (AuthenticationException or IOException) } =>
            "it refused the user or the password",
        RedisServerException server => $"it answered {server.Message}",
        _ when probe.Ssl => "it cannot be reached over TLS (ssl=true): nothing listens there, it has no TLS, or its certificate is not trusted here",
        _ => "it cannot be reached",
    };

    [LoggerMessage(LogLevel.Warning, "Redis at {Endpoints} does not answer ({Reason}); trying for another {Remaining}")]
    private static partial void RedisDidNotAnswer(ILogger logger, string endpoints, string reason, TimeSpan remaining);
}
