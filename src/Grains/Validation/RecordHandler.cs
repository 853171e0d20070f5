using System.Collections.Immutable;
using Armature.Batching;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Validation;

/// <summary>The batch handler of records: reads a chunk and checks it. Both begin on a dedicated thread; only rules that wait leave it.</summary>
internal sealed class RecordHandler<T>(IServiceProvider services, Serializer<T> serializer, CpuWorkScheduler scheduler) : IBatchHandler<RecordChunk<T>, ReportChunk>
{
    public async ValueTask<ReportChunk> HandleAsync(RecordChunk<T> chunk, BatchItemContext context, CancellationToken cancellationToken) =>
        await await scheduler.RunAsync(() => TryAsync(chunk, context.BatchId, cancellationToken), cancellationToken);

    private async Task<ReportChunk> TryAsync(RecordChunk<T> chunk, string batchId, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(chunk, batchId, cancellationToken);
        }
        catch (LookupNotFoundException exception)
        {
            throw new BatchItemException(RecordErrorCodes.LookupNotFound, exception.Message);
        }
    }

    private async Task<ReportChunk> CheckAsync(RecordChunk<T> chunk, string batchId, CancellationToken cancellationToken)
    {
        var validator = services.GetRequiredKeyedService<IRecordValidator<T>>(chunk.RuleSet);
        var context = new RecordContext(batchId, chunk.Run, MessageCulture.Of(chunk.Culture));
        var findings = new List<RecordFinding>();
        var (places, records) = Read(chunk, context, findings);
        var reports = await validator.ValidateAsync(records, context, cancellationToken);
        for (var i = 0; i < reports.Count; i++)
        {
            if (reports[i] is { Failures.IsEmpty: false } report)
            {
                findings.Add(new(places[i], report, null));
            }
        }

        return new([.. findings.OrderBy(static finding => finding.Place)]);
    }

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
