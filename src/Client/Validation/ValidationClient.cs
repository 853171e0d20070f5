using System.Runtime.CompilerServices;
using Armature.Batching;
using Armature.Validation.Files;
using Orleans.Serialization;

namespace Armature.Validation;

/// <summary>Checks many records, on every core of every silo. Thread-safe.</summary>
public sealed partial class ValidationClient
{
    private readonly BatchClient _batches;
    private readonly Serializer _serializer;
    private readonly FileChecks _files;

    /// <summary>Creates the client; done by the container.</summary>
    public ValidationClient(BatchClient batches, Serializer serializer, FileChecks files)
    {
        _batches = batches;
        _serializer = serializer;
        _files = files;
    }

    /// <summary>
    /// Checks records by rules that are registered on the silos, with messages in the caller's language
    /// (<see cref="System.Globalization.CultureInfo.CurrentUICulture"/>). Cancelling the token cancels the batch. The items of the batch,
    /// in its limits and its progress, are chunks of as many as 512 records.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="rules">The name under which the rules are registered with <c>AddRuleSet</c>.</param>
    /// <param name="records">The records. One that is null has the failure <see cref="ValidationCodes.Required"/>.</param>
    /// <param name="options">The batch's id, timeout and attempts, which are those of a chunk; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the batch.</param>
    /// <returns>
    /// For each record, in the order of <paramref name="records"/>, its report, or why it could not be checked
    /// (<see cref="ItemErrorCodes"/>): then all records of its chunk have the same error, unless it alone could not be read.
    /// </returns>
    /// <exception cref="RuleSetException">No silo has such rules, or they are for other records.</exception>
    /// <exception cref="BatchLimitException">A limit was exceeded.</exception>
    /// <exception cref="BatchConflictException">There is a batch with this id, and it is other work.</exception>
    /// <exception cref="BatchLostException">The silo that coordinated the batch died.</exception>
    /// <exception cref="BatchFailedException">The batch could not go on as a whole.</exception>
    /// <exception cref="CallUnansweredException">The cluster did not answer.</exception>
    public async Task<BatchResult<ValidationReport>> ValidateManyAsync<T>(string rules, IReadOnlyList<T> records, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        options = WithId(options);
        var results = new BatchItem<ValidationReport>?[records.Count];
        await foreach (var item in StreamAsync(rules, records.ToAsyncEnumerable(), options, cancellationToken).ConfigureAwait(false))
        {
            results[item.Index] = item;
        }

        // Of a batch that was cancelled while it was being sent, the rest was never packed.
        var state = Array.Exists(results, static item => item is null or { Error.Code: ItemErrorCodes.Cancelled }) ? BatchState.Cancelled : BatchState.Completed;
        return new(options.Id!, state, [.. results.Select(static (item, index) => item ?? CancelledItem(index))]);
    }

    /// <summary>
    /// Checks records that are still being made, and gives the reports as they are done. Records are read no faster than they are
    /// checked. Cancelling the token, or leaving the loop, cancels the batch.
    /// </summary>
    /// <returns>What became of each record, as it is done; its index is the record's place in <paramref name="records"/>.</returns>
    /// <inheritdoc cref="ValidateManyAsync{T}(string, IReadOnlyList{T}, BatchOptions?, CancellationToken)"/>
    public async IAsyncEnumerable<BatchItem<ValidationReport>> StreamAsync<T>(
        string rules, IAsyncEnumerable<T> records, BatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var packer = new RecordPacker<T>(_serializer.GetSerializer<T>(), rules);
        var chunks = _batches.StreamAsync<RecordChunk<T>, ReportChunk>(RuleSetName.ToHandler(rules), packer.PackAsync(records), options, cancellationToken);
        var reading = chunks.GetAsyncEnumerator(cancellationToken);
        await using var _ = reading.ConfigureAwait(false);
        var early = new List<BatchItem<ReportChunk>>();
        while (await NextAsync(reading, rules, typeof(T)).ConfigureAwait(false))
        {
            if (packer.RangeOf(reading.Current.Index) is not { } range)
            {
                early.Add(reading.Current);
                continue;
            }

            foreach (var item in Spread(reading.Current, range))
            {
                yield return item;
            }
        }

        // What is still not packed belongs to a batch that has ended while this caller sent: its records were not read.
        foreach (var item in early.SelectMany(chunk => packer.RangeOf(chunk.Index) is { } range ? Spread(chunk, range) : []))
        {
            yield return item;
        }
    }

    /// <summary>Checks records in this process, on all its cores: rules that are given as an object are code, and code does not travel.</summary>
    /// <inheritdoc cref="RuleSet{T}.ValidateManyAsync"/>
#pragma warning disable CA1822 // a verb like the others
    public Task<IReadOnlyList<ValidationReport>> ValidateManyAsync<T>(
#pragma warning restore CA1822
        RuleSet<T> rules, IReadOnlyList<T> records, ValidationSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.ValidateManyAsync(records, settings, cancellationToken);
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<BatchItem<ReportChunk>> chunks, string rules, Type records)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (BatchHandlerException exception)
        {
            throw RuleSetMismatch.Of(exception, rules, records);
        }
    }

    private static IEnumerable<BatchItem<ValidationReport>> Spread(BatchItem<ReportChunk> chunk, (int From, int To) range)
    {
        var next = 0;
        for (var place = range.From; place < range.To; place++)
        {
            if (!chunk.IsSuccess)
            {
                yield return new(place, chunk.Error);
                continue;
            }

            var findings = chunk.Value.Findings;
            var isFinding = next < findings.Length && findings[next].Place == place - range.From;
            yield return isFinding ? ItemOf(place, findings[next++]) : new(place, ValidationReport.Clean);
        }
    }

    private static BatchItem<ValidationReport> ItemOf(int place, RecordFinding finding) => finding.Report is { } report ? new(place, report) : new(place, finding.Error!);

    private static BatchItem<ValidationReport> CancelledItem(int index) => new(index, new ItemError(ItemErrorCodes.Cancelled, "The batch was cancelled before the record was checked."));

    private static BatchOptions WithId(BatchOptions? options) => new()
    {
        Id = options?.Id ?? Guid.CreateVersion7().ToString("N"),
        ItemTimeout = options?.ItemTimeout,
        MaxAttempts = options?.MaxAttempts,
        Durable = options?.Durable ?? false,
    };
}
