using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;
using Spectre.Console;

namespace Armature.Batching;

/// <summary>Runs the verbs of <c>armature batches</c> on one cluster.</summary>
internal sealed class BatchesVerb(CommandConsole console, ClusterAddress cluster, CommonArguments common, TimeProvider timeProvider)
{
    /// <summary>Lists batches.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var batches = (await connection.Client.Batches.ListAsync(cancellationToken)).Select(BatchLine.Of).ToList();
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, new BatchesReport(batches));
            return ExitCode.Done;
        }

        WriteTable(batches);
        return ExitCode.Done;
    }

    /// <summary>Follows a batch to its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WatchAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (await FollowAsync(Find(connection, id), cancellationToken) is not { } last)
        {
            console.Error.WriteLine($"armature: not followed any further. Batch {id} goes on; 'armature batches cancel' ends it.");
            return ExitCode.Cancelled;
        }

        var failures = connection.Services.GetRequiredService<BatchFailures>();
        var report = new BatchOutcomeReport
        {
            Id = id,
            State = last.State.ToString().ToLowerInvariant(),
            Items = last.Total,
            Succeeded = last.Succeeded,
            Failed = last.Failed == 0 ? [] : await failures.ReadAsync(id, cancellationToken),
            FailedCount = last.Failed,
            Cancelled = last.State is BatchState.Cancelled,
            Reason = ReasonOf(last),
            Seconds = Math.Round(((last.EndedAt ?? last.SubmittedAt) - last.SubmittedAt).TotalSeconds, 3),
        };
        Write(report);
        return last is { State: BatchState.Completed, Failed: 0 } ? ExitCode.Done : ExitCode.SomeFailed;
    }

    /// <summary>Cancels a batch.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> CancelAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var batch = Find(connection, id);
        var before = await CallAsync(batch.GetStatusAsync(cancellationToken));
        await CallAsync(batch.CancelAsync(cancellationToken));
        var status = BatchLine.Of(await ReadEndAsync(batch, before, cancellationToken));
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, status);
        }
        else
        {
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Batch {id} {(status.EndedAt is null ? "starts nothing more and ends with what runs" : "is " + status.State)}: {status.Succeeded:N0} of {status.Items:N0} items done, {status.Failed:N0} failed."));
        }

        return ExitCode.Done;
    }

    private Task<ClusterConnection> OpenAsync(CancellationToken cancellationToken) =>
        ClusterConnection.OpenAsync(cluster, common.Verbosity, cancellationToken);

    private static BatchHandle<byte[]> Find(ClusterConnection connection, string id)
    {
        try
        {
            return connection.Client.Batches.GetHandle<byte[]>(id);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"'{id}' is no batch id. 'armature batches list' shows them.", e);
        }
    }

    private static async Task<T> CallAsync<T>(Task<T> call)
    {
        await CallAsync((Task)call);
        return await call;
    }

    private static async Task CallAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (BatchNotFoundException e)
        {
            throw new UsageException($"{e.Message} 'armature batches list' shows those that are there.", e);
        }
    }

    // Whoever reads the results of a batch as they come gives it up with the last of them, and cancelling makes that happen at once.
    private async Task<BatchStatus> ReadEndAsync(BatchHandle<byte[]> batch, BatchStatus before, CancellationToken cancellationToken)
    {
        try
        {
            return await batch.GetStatusAsync(cancellationToken);
        }
        catch (BatchNotFoundException)
        {
            return before.EndedAt is null ? before with { State = BatchState.Cancelled, EndedAt = timeProvider.GetUtcNow() } : before;
        }
    }

    // Null when whoever follows it has had enough.
    private async Task<BatchStatus?> FollowAsync(BatchHandle<byte[]> batch, CancellationToken cancellationToken)
    {
        var last = await CallAsync(batch.GetStatusAsync(cancellationToken)) with { Waiting = null };
        try
        {
            await console.Progress.ShowAsync(last.Handler, opening: null, async progress =>
            {
                await foreach (var batchEvent in batch.WatchAsync(cancellationToken: cancellationToken))
                {
                    var notes = string.Join("; ", BatchNotes.Of(last, batchEvent));
                    last = batchEvent.Status;
                    progress.Report(new ProgressSnapshot(last.Total, last.Succeeded, last.Failed, last.Silos)
                    {
                        IsTotalKnown = last.IsSealed,
                        Note = notes.Length == 0 ? null : notes,
                    });
                }
            });
            return last;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string? ReasonOf(BatchStatus status) => status.State switch
    {
        BatchState.Cancelled => "The batch was cancelled; items that are not done were given up.",
        BatchState.Failed => $"The batch could not go on: {status.Failure ?? "no reason was given."}",
        _ => null,
    };

    private void Write(BatchOutcomeReport report)
    {
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
            return;
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Batch {report.Id} is {report.State}: {report.Succeeded:N0} of {report.Items:N0} items done in {report.Seconds:F1} s, {report.FailedCount:N0} failed, {report.NotDone:N0} not done."));
        if (report.Reason is { } reason)
        {
            console.Output.WriteLine($"  {reason}");
        }

        ReportWriter.WriteFailures(console.Output, report.Failed);
    }

    private void WriteTable(List<BatchLine> batches)
    {
        if (batches.Count == 0)
        {
            console.Output.WriteLine("No batches.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("ID", "HANDLER", "STATE", "DONE", "FAILED", "SUBMITTED");
        foreach (var batch in batches)
        {
            table.AddRow(
                Markup.Escape(batch.Id),
                Markup.Escape(batch.Handler),
                batch.State,
                string.Create(CultureInfo.InvariantCulture, $"{batch.Succeeded + batch.Failed:N0}/{batch.Items:N0}"),
                batch.Failed.ToString("N0", CultureInfo.InvariantCulture),
                batch.SubmittedAt.ToString("u", CultureInfo.InvariantCulture));
        }

        ReportWriter.WriteTable(console.Output, table);
    }
}
