using System.Globalization;
using Armature.Batching;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>
/// The check of one file by rules in code. The file is read once, and all that is wanted is written on the way: rules that wait for
/// something are not to be asked twice.
/// </summary>
internal sealed class FileRowsRun<T>(BatchClient batches, LocalChunks? local, FileSource source, string ruleSet, FileValidationOptions options, int chunkBytes) : IAsyncDisposable
{
    /// <summary>Bytes of a part: 64 KiB. Rules may wait, and all rows of a part have the time of one item.</summary>
    public const int PartBytes = 64 << 10;

    private readonly string _handler = RuleSetName.ToFileHandler(ruleSet);
    private readonly Guid _run = Guid.NewGuid();
    private readonly string _culture = CultureInfo.CurrentUICulture.Name;
    private readonly FileOpening _file = new(source, options, chunkBytes, isReadAgain: false);

    /// <summary>Checks the file.</summary>
    /// <exception cref="RuleSetException">No silo has such rules, or they are for other records.</exception>
    /// <exception cref="FileValidationException">It could not be checked; nothing is wrong with it.</exception>
    public async Task<FileReport> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var report = await ReadAsync(cancellationToken);
            if (report.Rows == 0)
            {
                await AskForRulesAsync(cancellationToken);
            }

            return report;
        }
        catch (BatchHandlerException e)
        {
            throw RuleSetMismatch.Of(e, ruleSet, typeof(T));
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task<FileReport> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var opened = await _file.OpenAsync(cancellationToken);
            var plan = RowPlan<T>.Create(opened.Header ?? RowPlan<T>.AllColumns());
            return await CheckAsync(opened, plan, cancellationToken);
        }
        catch (RecordFileException e)
        {
            return FileReport.Unread(new(e.Code, e.Message, e.Offset));
        }
        catch (TableHeaderException e)
        {
            return FileReport.Unread(new("header", e.Message, null));
        }
    }

    /// <summary>Nobody was asked to check a row: a name that no silo has is to be told all the same.</summary>
    private async Task AskForRulesAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in Send(AsyncEnumerable.Empty<FileChunkJob>(), cancellationToken))
        {
        }
    }

    private async Task<FileReport> CheckAsync(RecordSource opened, RowPlan<T> plan, CancellationToken cancellationToken)
    {
        var known = plan.Rules(options.Limits.MaxRecordBytes, options.Limits.MaxCellBytes);
        var tally = new FileTally(known, options, opened.Header is null ? 1 : 2, 1 + opened.HeaderLines);
        var outputs = new FileOutputs(options, opened.Header);
        await outputs.BeginAsync(cancellationToken);
        using var chunks = new ChunkBatches(Send, new(_run, local));
        var rules = new FileRules { Run = _run, Header = opened.Header, Format = options.Format, Limits = options.Limits };
        var maxFailures = options.Failures is null ? options.MaxFailures : int.MaxValue;
        await foreach (var result in chunks.RunAsync(opened, chunk => FileChunkJob.Of(chunk, rules, maxFailures), cancellationToken))
        {
            tally.Add(result);
            await outputs.WriteAsync(options.Failures is null ? result : result with { Report = LinesOf(result, tally) }, cancellationToken);
            options.Progress?.Report(new(FileStep.Rows, opened.BytesRead, _file.Length, tally.RowsOf(FileStep.Rows), tally.BadRows));
        }

        await outputs.EndAsync(cancellationToken);
        tally.Fault = chunks.Fault is { } fault ? new(fault.Code, fault.Message, fault.Offset) : null;
        return tally.ToReport();
    }

    private IAsyncEnumerable<BatchItem<FileChunkResult>> Send(IAsyncEnumerable<FileChunkJob> jobs, CancellationToken cancellationToken) =>
        batches.StreamAsync<FileRowsJob<T>, FileChunkResult>(_handler, jobs.Select(ToRows), null, cancellationToken);

    private FileRowsJob<T> ToRows(FileChunkJob job) => new(job, ruleSet, _culture, options.Good is not null, options.Bad is not null);

    private byte[] LinesOf(FileChunkResult result, FileTally tally)
    {
        using var lines = new FailureLines(options.FailureFormat, tally.RulesOf(result.Found));
        foreach (var failure in PackedFailures.Read(result.Failures))
        {
            lines.Add(
                tally.RowOf(result.Index) + failure.Record, tally.LineOf(result.Index) + failure.Line, failure.Rule, 0, failure.Value.GetValueOrDefault().Span, failure.Value.HasValue);
        }

        return lines.Take();
    }
}
