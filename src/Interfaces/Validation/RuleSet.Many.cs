using Armature.Validation.Lookups;

namespace Armature.Validation;

// Checks many objects.
public sealed partial class RuleSet<T>
{
    // Enough that a task costs nothing beside it, and few enough that all threads end together.
    private const int MostInChunk = 1_024;
    private const int ChunksForThread = 4;

    /// <summary>
    /// Checks many objects in this process, on all its cores; the thread of the caller is not held up. Asynchronous rules of different
    /// objects run at once, those of one object in their order. The reports equal those of <see cref="ValidateAsync"/>, object by object.
    /// </summary>
    /// <param name="records">The objects. They are not to be changed meanwhile. One that is null has the failure <see cref="ValidationCodes.Required"/>.</param>
    /// <param name="settings">How; null for the defaults. <see cref="ValidationSettings.MaxConcurrency"/> is for all objects together.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each object, in the order of <paramref name="records"/>, its report.</returns>
    public async Task<IReadOnlyList<ValidationReport>> ValidateManyAsync(IReadOnlyList<T> records, ValidationSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        settings ??= ValidationSettings.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.MaxConcurrency, nameof(settings.MaxConcurrency));
        var reports = new ValidationReport[records.Count];
        var size = Math.Clamp(records.Count / (Environment.ProcessorCount * ChunksForThread), 1, MostInChunk);
        using var places = new SemaphoreSlim(settings.MaxConcurrency);
        var run = new RecordRun(settings with { Culture = settings.CultureOrCurrent }, places, new LocalLookups(settings.Services));
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = IsAsync ? Math.Max(settings.MaxConcurrency, Environment.ProcessorCount) : Environment.ProcessorCount,
        };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (records.Count + size - 1) / size),
            parallel,
            (chunk, token) => CheckAsync(records, new(chunk * size, Math.Min(records.Count, (chunk + 1) * size)), reports, run, token)).ConfigureAwait(false);
        return reports;
    }

    /// <summary>Checks some records, all of them at once where rules wait.</summary>
    /// <param name="records">The records.</param>
    /// <param name="range">Which of them.</param>
    /// <param name="reports">Where their reports go, each to the place of its record.</param>
    /// <param name="run">What they share.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async ValueTask CheckAsync(IReadOnlyList<T> records, (int From, int To) range, ValidationReport[] reports, RecordRun run, CancellationToken cancellationToken)
    {
        if (!IsAsync)
        {
            for (var i = range.From; i < range.To; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reports[i] = records[i] is { } record ? Validate(record, run.Settings) : ValidationReport.OfNothing(run.Settings);
            }

            return;
        }

        var checking = new Task<ValidationReport>[range.To - range.From];
        var lookups = new LookupRound(run.Desk, checking.Length, cancellationToken);
        for (var i = range.From; i < range.To; i++)
        {
            checking[i - range.From] = CheckAsync(records[i], run, lookups, cancellationToken);
        }

        var checkedOnes = await Task.WhenAll(checking).ConfigureAwait(false);
        lookups.ThrowIfBroken();
        checkedOnes.CopyTo(reports, range.From);
    }

    private async Task<ValidationReport> CheckAsync(T? record, RecordRun run, LookupRound lookups, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is null)
            {
                return ValidationReport.OfNothing(run.Settings);
            }

            var walk = new Walk(null, cancellationToken) { Run = run, Lookups = lookups };
            await RunAsync(record, walk, null).ConfigureAwait(false);
            return ReportOf(walk, run.Settings);
        }
        finally
        {
            lookups.End();
        }
    }
}
