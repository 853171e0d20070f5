using System.Text;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Caching;

/// <summary>Runs the verbs of <c>armature cache</c> that are given keys, on one cache.</summary>
internal sealed class CacheVerb(CommandConsole console, ClusterAddress cluster, CommonArguments common, string name, TimeProvider timeProvider)
{
    /// <summary>Shows values.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> GetAsync(string[] keys, CancellationToken cancellationToken) => RunAsync(
        keys,
        async cache => Lines(
            keys,
            await cache.GetManyAsync(keys, cancellationToken),
            static entry => entry.Error,
            static (key, entry) => entry.HasValue ? CachedValueText.Describe(key, entry.Value) : Missing(key)),
        cancellationToken);

    /// <summary>Writes values.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> SetAsync(IReadOnlyList<KeyValuePair<string, string>> pairs, CacheExpiry? expiry, CancellationToken cancellationToken)
    {
        string[] keys = [.. pairs.Select(pair => pair.Key)];
        return RunAsync(
            keys,
            async cache => Lines(
                keys,
                await cache.SetManyAsync(
                    [.. pairs.Select(pair => KeyValuePair.Create<string, ReadOnlyMemory<byte>>(pair.Key, Encoding.UTF8.GetBytes(pair.Value)))],
                    new() { Ttl = expiry },
                    cancellationToken),
                static error => error,
                static (key, _) => new(key, true) { Words = "written" }),
            cancellationToken);
    }

    /// <summary>Removes entries.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> DeleteAsync(string[] keys, CancellationToken cancellationToken) => RunAsync(
        keys,
        async cache => Lines(
            keys,
            await cache.DeleteManyAsync(keys, cancellationToken),
            static status => status.Error,
            static (key, status) => status.IsFound ? new(key, true) { Words = "deleted" } : Missing(key)),
        cancellationToken);

    /// <summary>Says which keys have an entry.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ExistsAsync(string[] keys, CancellationToken cancellationToken) => RunAsync(
        keys,
        async cache => Lines(
            keys,
            await cache.ExistsManyAsync(keys, cancellationToken),
            static status => status.Error,
            static (key, status) => status.IsFound ? new(key, true) { Words = "is there" } : Missing(key)),
        cancellationToken);

    /// <summary>Says how long entries live on.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TtlAsync(string[] keys, CancellationToken cancellationToken) => RunAsync(
        keys,
        async cache => Lines(
            keys,
            await cache.TtlManyAsync(keys, cancellationToken),
            static ttl => ttl.Error,
            static (key, ttl) => ttl.IsFound ? Describe(key, ttl.TimeToLive) : Missing(key)),
        cancellationToken);

    private static CacheLine Missing(string key) => new(key, false) { Words = "no entry" };

    private static CacheLine Describe(string key, TimeSpan? ttl) => new(key, true)
    {
        Expires = ttl is not null,
        TtlSeconds = ttl?.TotalSeconds,
        Words = ttl is { } time ? ProgressText.Duration(time) : "does not expire",
    };

    private static List<(string Key, ItemError? Error, CacheLine? Line)> Lines<TResult>(
        string[] keys, IReadOnlyList<TResult> results, Func<TResult, ItemError?> errorOf, Func<string, TResult, CacheLine> describe) =>
        [.. keys.Zip(results, (key, result) => errorOf(result) is { } error ? (key, error, null) : (key, (ItemError?)null, describe(key, result)))];

    private async Task<int> RunAsync(
        string[] keys,
        Func<CacheClient<ReadOnlyMemory<byte>>, Task<List<(string Key, ItemError? Error, CacheLine? Line)>>> call,
        CancellationToken cancellationToken)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, common.Verbosity, cancellationToken);
        var cache = CacheOf(connection.Client, name);
        var started = timeProvider.GetTimestamp();
        var lines = await call(cache);
        var report = new CacheReport
        {
            Cache = name,
            Items = keys.Length,
            Succeeded = lines.Count(line => line.Error is null),
            Failed = [.. lines.Where(line => line.Error is not null).Select(line => new FailedItem(line.Key, line.Error!.Code, line.Error.Message))],
            Seconds = Math.Round(timeProvider.GetElapsedTime(started).TotalSeconds, 3),
            Entries = [.. lines.Select(line => line.Line).OfType<CacheLine>()],
        };
        Write(report);
        return report.ExitCode;
    }

    /// <exception cref="UsageException">It is no name.</exception>
    public static CacheClient<ReadOnlyMemory<byte>> CacheOf(ArmatureClient client, string name)
    {
        try
        {
            return client.Cache(name);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private void Write(CacheReport report)
    {
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
            return;
        }

        foreach (var line in report.Entries)
        {
            console.Output.WriteLine($"{line.Key}: {line.Words}");
        }

        ReportWriter.WriteFailures(console.Output, report.Failed);
    }
}
