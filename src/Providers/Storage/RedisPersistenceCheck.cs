using System.Globalization;
using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>Looks at the start whether Redis is configured to keep what it acknowledges, and says so when it is not.</summary>
public sealed partial class RedisPersistenceCheck(RedisOptions options, ILogger<RedisPersistenceCheck> logger)
{
    /// <summary>Logs one warning when Redis may lose records, or when that cannot be found out.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A connection of its own: the shared one does not let a command like CONFIG pass.
            var parsed = SharedRedis.Parse(options);
            parsed.AllowAdmin = true;
            await using var redis = await ConnectionMultiplexer.ConnectAsync(parsed).WaitAsync(cancellationToken).ConfigureAwait(false);
            var problems = await FindProblemsAsync(redis.GetDatabase(), cancellationToken).ConfigureAwait(false);
            if (problems.Count > 0)
            {
                MayLoseRecords(logger, string.Join("; ", problems));
            }
        }
        catch (Exception error) when (RedisFailure.IsKnown(error) || error is NotSupportedException)
        {
            CouldNotCheck(logger, error.Message);
        }
    }

    private static async Task<List<string>> FindProblemsAsync(IDatabase redis, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        if (await ReadAsync(redis, "appendonly", cancellationToken).ConfigureAwait(false) == "no")
        {
            problems.Add("it has no append-only file, so its end or restart loses them (set appendonly yes)");
        }
        else if (await ReadAsync(redis, "appendfsync", cancellationToken).ConfigureAwait(false) == "no")
        {
            problems.Add("it leaves the append-only file to the operating system, so a power failure loses them (set appendfsync everysec or always)");
        }

        var policy = await ReadAsync(redis, "maxmemory-policy", cancellationToken).ConfigureAwait(false);
        var memory = long.Parse(await ReadAsync(redis, "maxmemory", cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (memory > 0 && policy.StartsWith("allkeys", StringComparison.Ordinal))
        {
            problems.Add($"with maxmemory-policy {policy} it evicts them when its memory is full (set maxmemory-policy noeviction)");
        }

        return problems;
    }

    // A server that knows no such setting answers with nothing: as bad as one that forbids the question.
    private static async Task<string> ReadAsync(IDatabase redis, string setting, CancellationToken cancellationToken)
    {
        var reply = await redis.ExecuteAsync("CONFIG", "GET", setting).WaitAsync(cancellationToken).ConfigureAwait(false);
        return (string[]?)reply is [_, var value]
            ? value
            : throw new NotSupportedException($"CONFIG GET {setting} has no answer");
    }

    [LoggerMessage(LogLevel.Warning, "Redis may lose the records of jobs and durable batches: {Problems}")]
    private static partial void MayLoseRecords(ILogger logger, string problems);

    [LoggerMessage(LogLevel.Warning, "Whether Redis keeps the records of jobs and durable batches could not be checked ({Reason}). It should have appendonly yes and maxmemory-policy noeviction")]
    private static partial void CouldNotCheck(ILogger logger, string reason);
}
