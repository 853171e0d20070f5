using System.Runtime.ExceptionServices;
using Armature.Batching;

namespace Armature.Validation;

/// <summary>Checks the records of a chunk that failed each for itself, so that one that fails its validator costs no other its report.</summary>
/// <param name="validator">Checks them.</param>
/// <param name="context">The call they belong to.</param>
/// <param name="attempts">How often their chunk was tried.</param>
internal sealed class SingleRecords<T>(IRecordValidator<T> validator, RecordContext context, int attempts)
{
    /// <summary>What there is to say of them. Where all of them fail, it is not theirs, and what failed the chunk is thrown again.</summary>
    /// <param name="places">Their places in the chunk.</param>
    /// <param name="records">The records.</param>
    /// <param name="chunkFailure">What failed the chunk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IEnumerable<RecordFinding>> CheckAsync(List<int> places, List<T> records, Exception chunkFailure, CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(records.Select((record, i) => CheckAsync(places[i], record, cancellationToken)));
        if (Array.TrueForAll(findings, static finding => finding.Error is not null))
        {
            ExceptionDispatchInfo.Throw(chunkFailure);
        }

        return findings.Where(static finding => finding.Report is not { Failures.IsEmpty: true });
    }

    private async Task<RecordFinding> CheckAsync(int place, T record, CancellationToken cancellationToken)
    {
        try
        {
            var report = (await RecordReports.OfAsync(validator, [record], context, cancellationToken))[0];

            // Its texts are written when they are asked for, and that may fail too.
            _ = report.Failures;
            return new(place, report, null);
        }
        catch (BatchItemException failure)
        {
            return Failed(failure.Code, failure.Message);
        }
#pragma warning disable CA1031 // whatever a validator throws is its record's failure
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not LookupNotFoundException)
#pragma warning restore CA1031
        {
            return Failed(ItemErrorCodes.HandlerFailed, $"{exception.GetType().Name}: {exception.Message}");
        }

        RecordFinding Failed(string code, string message) => new(place, null, new(code, Cut(message), attempts));
    }

    private static string Cut(string message) => message.Length <= BatchLimits.MaxErrorMessageLength ? message : message[..BatchLimits.MaxErrorMessageLength];
}
