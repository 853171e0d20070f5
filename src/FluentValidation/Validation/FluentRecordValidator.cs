using System.Collections.Concurrent;
using System.Globalization;
using FluentValidation;

namespace Armature.Validation;

/// <summary>
/// Checks records by a validator of FluentValidation. Each chunk has an instance to itself, which afterwards serves another: a regular
/// expression that several threads use at once makes them slower than one.
/// </summary>
internal sealed class FluentRecordValidator<T>(Func<IValidator<T>> create, int maxConcurrency) : IRecordValidator<T>, IDisposable
{
    private readonly ConcurrentBag<IValidator<T>> _idle = [];
    private readonly SemaphoreSlim _places = new(maxConcurrency);

    public async ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<T> records, RecordContext context, CancellationToken cancellationToken)
    {
        // Of this call alone, and what it awaits: FluentValidation takes the language from here.
        CultureInfo.CurrentUICulture = context.Culture;
        var validator = _idle.TryTake(out var idle) ? idle : create();
        try
        {
            return await Task.WhenAll(records.Select(record => CheckAsync(validator, record, cancellationToken)));
        }
        finally
        {
            _idle.Add(validator);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<ValidationReport> CheckAsync(IValidator<T> validator, T record, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var result = await validator.ValidateAsync(record, cancellationToken);
            return result.Errors.Count == 0 ? ValidationReport.Clean : new() { Failures = [.. result.Errors.Select(FluentFailure.Read)] };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // it is the record's failure, and is said so
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new() { Failures = [FluentFailure.Of(exception)] };
        }
        finally
        {
            _places.Release();
        }
    }
}
