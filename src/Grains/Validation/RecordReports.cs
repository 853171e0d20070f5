using Armature.Batching;

namespace Armature.Validation;

/// <summary>Asks validators, and sees to it that they answer for each record: what they leave out would be taken for a record that keeps all rules.</summary>
internal static class RecordReports
{
    /// <summary>The reports of records, in their order.</summary>
    /// <exception cref="BatchItemException">The validator gave something else.</exception>
    public static async Task<IReadOnlyList<ValidationReport>> OfAsync<T>(
        IRecordValidator<T> validator, IReadOnlyList<T> records, RecordContext context, CancellationToken cancellationToken)
    {
        var reports = await validator.ValidateAsync(records, context, cancellationToken);
        var count = reports?.Count(static report => report is not null) ?? 0;
        return count == records.Count && reports!.Count == count
            ? reports
            : throw new BatchItemException(
                RecordErrorCodes.ReportsMissing,
                $"The validator gave {reports?.Count ?? 0:N0} reports, {count:N0} of them not null, for {records.Count:N0} records. It must give one for each, in their order; of a record that keeps all rules ValidationReport.Clean.");
    }
}
