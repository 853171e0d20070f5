using Armature.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Clustering;

/// <summary>Waits at the start of a process until Redis answers, and gives up in time.</summary>
public sealed partial class RedisStartup(RedisOptions options, TimeProvider time, ILogger<RedisStartup> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when Redis has answered.</summary>
    /// <exception cref="RedisUnavailableException">It did not within <see cref="RedisOptions.StartupTimeout"/>.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var probe = new RedisProbe(SharedRedis.Parse(options), time);
        var endpoints = probe.Endpoints;
        string? reported = null;
        while (await probe.FindProblemAsync(cancellationToken).ConfigureAwait(false) is var (_, reason, failure))
        {
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

    [LoggerMessage(LogLevel.Warning, "Redis at {Endpoints} does not answer ({Reason}); trying for another {Remaining}")]
    private static partial void RedisDidNotAnswer(ILogger logger, string endpoints, string reason, TimeSpan remaining);
}
