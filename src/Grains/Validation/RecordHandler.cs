using System.Collections.Immutable;
using Armature.Batching;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Validation;

/// <summary>The batch handler of records: reads a chunk and checks it. Both begin on a dedicated thread; only rules that wait leave it.</summary>
internal sealed class RecordHandler<T>(IServiceProvider services, Serializer<T> serializer, CpuWorkScheduler scheduler) : IBatchHandler<RecordChunk<T>, ReportChunk>
{
    public async ValueTask<ReportChunk> HandleAsync(RecordChunk<T> chunk, BatchItemContext context, CancellationToken cancellationToken) =>
        await await scheduler.RunAsync(() => TryAsync(chunk, context, cancellationToken), cancellationToken);

    private async Task<ReportChunk> TryAsync(RecordChunk<T> chunk, BatchItemContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(chunk, context, cancellationToken);
        }
        catch (LookupNotFoundException exception)
        {
            throw new BatchItemException(RecordErrorCodes.LookupNotFound, exception.Message);
        }
    }

    private async Task<ReportChunk> CheckAsync(RecordChunk<T> chunk, BatchItemContext item, CancellationToken cancellationToken)
    {
        var validator = services.GetRequiredKeyedService<IRecordValidator<T>>(chunk.RuleSet);
        var context = new RecordContext(item.BatchId, chunk.Run, MessageCulture.Of(chunk.Culture));
        var findings = new List<RecordFinding>();
        var (places, records) = Read(chunk, context, findings);
        try
        {
            var reports = await RecordReports.OfAsync(validator, records, context, cancellationToken);
            RecordFinding[] found = [.. reports.Select((report, i) => new RecordFinding(places[i], report, null)).Where(static finding => !finding.Report!.Failures.IsEmpty)];
            findings.AddRange(found);
        }
        catch (Exception exception) when (records.Count > 1 && !cancellationToken.IsCancellationRequested && FailsAgain(exception, item))
        {
            var single = new SingleRecords<T>(validator, context, item.Attempt);
            findings.AddRange(await single.CheckAsync(places, records, exception, cancellationToken));
        }

        return new([.. findings.OrderBy(static finding => finding.Place)]);
    }

    // What may have been the moment's fault is tried again as a whole first: then it costs nothing to have asked for all together.
    private static bool FailsAgain(Exception exception, BatchItemContext item) =>
        exception is not LookupNotFoundException && (item.Attempt > 1 || exception is BatchItemException { IsRetryable: false });

    private (List<int> Places, List<T> Records) Read(RecordChunk<T> chunk, RecordContext context, List<RecordFinding> findings)
    {
        var places = new List<int>(chunk.Records.Count);
        var records = new List<T>(chunk.Records.Count);
        for (var i = 0; i < chunk.Records.Count; i++)
        {
            if (!TryRead(chunk.Records[i], out var record, out var error))
            {
                findings.Add(new(i, null, error));
            }
            else if (record is null)
            {
                findings.Add(new(i, ValidationReport.OfNothing(new() { Culture = context.Culture }), null));
            }
            else
            {
                places.Add(i);
                records.Add(record);
            }
        }

        return (places, records);
    }

    private bool TryRead(ReadOnlyMemory<byte> bytes, out T? record, out ItemError? error)
    {
        try
        {
            (record, error) = (serializer.Deserialize(bytes), null);
            return true;
        }
#pragma warning disable CA1031 // a record that cannot be read is that record's error
        catch (Exception exception)
#pragma warning restore CA1031
        {
            record = default;
            error = new(ItemErrorCodes.ItemUnreadable, $"The record could not be read as {typeof(T)}: {exception.Message}", Attempts: 1);
            return false;
        }
    }
}
