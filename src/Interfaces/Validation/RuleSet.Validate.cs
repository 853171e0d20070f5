using Armature.Validation.Lookups;

namespace Armature.Validation;

// Checks objects.
public sealed partial class RuleSet<T>
{
    private static readonly LocalLookups NoLookups = new(null);

    /// <summary>Checks an object on this thread.</summary>
    /// <param name="value">The object.</param>
    /// <param name="settings">How; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">Some rules are asynchronous.</exception>
    public ValidationReport Validate(T value, ValidationSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (IsAsync)
        {
            throw new InvalidOperationException($"Some rules for {typeof(T).Name} are asynchronous, or are those of a type that contains itself. Use {nameof(ValidateAsync)} or {nameof(ValidateParallelAsync)}.");
        }

        if (_compiled.Value is { } compiled && compiled.TryCheck(value, out var broken))
        {
            return broken == 0 ? ValidationReport.Clean : new(compiled, value, broken, FailureText.Of(settings));
        }

        var walk = new Walk(null, CancellationToken.None) { Lookups = NoLookups };
        Run(value, walk, null);
        return ReportOf(walk, settings);
    }

    /// <summary>Checks an object, one rule after the other.</summary>
    /// <param name="value">The object. It is not to be changed meanwhile.</param>
    /// <param name="settings">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<ValidationReport> ValidateAsync(T value, ValidationSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        cancellationToken.ThrowIfCancellationRequested();
        var walk = new Walk(null, cancellationToken) { Lookups = LookupsFor(settings) };
        await RunAsync(value, walk, null).ConfigureAwait(false);
        return ReportOf(walk, settings);
    }

    /// <summary>
    /// Checks an object: asynchronous rules and those that are declared slow run at once, but those of a field that stops at its first
    /// failure one after the other. All other rules stay on this thread: handing them on would take longer than they do. The report
    /// equals that of <see cref="ValidateAsync"/>.
    /// </summary>
    /// <inheritdoc cref="ValidateAsync"/>
    public async ValueTask<ValidationReport> ValidateParallelAsync(T value, ValidationSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        cancellationToken.ThrowIfCancellationRequested();
        var most = (settings ?? ValidationSettings.Default).MaxConcurrency;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(settings.MaxConcurrency));
        using var places = new SemaphoreSlim(most);
        var walk = new Walk(places, cancellationToken) { Lookups = LookupsFor(settings) };
        try
        {
            await RunAsync(value, walk, null).ConfigureAwait(false);
        }
        finally
        {
            await walk.WhenAllAsync().ConfigureAwait(false);
        }

        return ReportOf(walk, settings);
    }

    private LocalLookups LookupsFor(ValidationSettings? settings) => IsAsync ? new(settings?.Services) : NoLookups;

    internal void Run(T value, Walk walk, PathFrame? at)
    {
        foreach (var step in _steps)
        {
            step.Run(value, walk, at);
        }
    }

    internal async ValueTask RunAsync(T value, Walk walk, PathFrame? at)
    {
        foreach (var step in _steps)
        {
            await step.RunAsync(value, walk, at).ConfigureAwait(false);
        }
    }

    private static ValidationReport ReportOf(Walk walk, ValidationSettings? settings) => walk.HasFailed ? new(walk.ToArray(), FailureText.Of(settings)) : ValidationReport.Clean;
}
