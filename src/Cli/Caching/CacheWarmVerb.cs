using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Caching;

/// <summary>Runs <c>armature cache warm</c>.</summary>
internal sealed class CacheWarmVerb(CommandConsole console, ClusterAddress cluster, CommonArguments common, string name, TimeProvider timeProvider)
{
    private const string StandardInput = "-";

    /// <summary>Writes the entries of a file.</summary>
    /// <param name="file">Its path, or <c>-</c>.</param>
    /// <param name="expiry">The expiry of lines that have none of their own.</param>
    /// <param name="cancellationToken">Ends it; what was written stays.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string file, CacheExpiry? expiry, CancellationToken cancellationToken)
    {
        await using var stream = Open(file);
        await using var connection = await ClusterConnection.OpenAsync(cluster, common.Verbosity, cancellationToken);
        var cache = CacheVerb.CacheOf(connection.Client, name);
        var started = timeProvider.GetTimestamp();
        var warming = new CacheWarming(cache, expiry);
        var isCancelled = false;
        try
        {
            await console.Progress.ShowAsync($"cache {name}", opening: null, progress => warming.RunAsync(stream, progress, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
        }

        var report = new CacheWarmReport
        {
            Cache = name,
            Items = warming.Lines,
            Succeeded = warming.Written,
            Failed = warming.Failed,
            FailedCount = warming.FailedCount,
            Seconds = Math.Round(timeProvider.GetElapsedTime(started).TotalSeconds, 3),
            Cancelled = isCancelled,
        };
        Write(report);
        return report.ExitCode;
    }

    /// <exception cref="UsageException">It cannot be read.</exception>
    private static Stream Open(string file)
    {
        if (Directory.Exists(file))
        {
            throw new UsageException($"'{file}' is a folder. Give a file of lines of JSON, or '-' for standard input.");
        }

        try
        {
            return file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{file}' cannot be read: {e.Message} Give a file of lines of JSON, or '-' for standard input.", e);
        }
    }

    private void Write(CacheWarmReport report)
    {
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
            return;
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Cache {report.Cache}: {report.Succeeded:N0} of {report.Items:N0} entries written in {report.Seconds:F1} s, {report.FailedCount:N0} failed{(report.Cancelled ? "; cancelled" : "")}."));
        ReportWriter.WriteFailures(console.Output, report.Failed);
    }
}
