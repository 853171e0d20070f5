using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>One validation on its way through the rules: what it has found, in the order of the rules, and what runs beside.</summary>
internal sealed class Walk(SemaphoreSlim? places, CancellationToken cancellationToken)
{
    private List<RawFailure>? _failures;
    private List<Task>? _beside;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>True when rules that are apart run beside others.</summary>
    public bool IsParallel => places is not null;

    /// <summary>True when it runs beside another.</summary>
    public bool IsBranch { get; private init; }

    /// <summary>The records that are checked with this one; null for an object alone.</summary>
    public RecordRun? Run { get; init; }

    /// <summary>Where lookups are asked.</summary>
    public required ILookups Lookups { get; init; }

    /// <summary>False when objects lie within one another too deep, which is a failure then.</summary>
    public bool CanGoDeeper(RuleText text, PathFrame? at)
    {
        if (at is not { Depth: >= ValidationLimits.MaxDepth })
        {
            return true;
        }

        Fail(new() { Code = ValidationCodes.TooDeep, Field = text.Field, Values = [("Max", ValidationLimits.MaxDepth)] }, at, null);
        return false;
    }

    public void Fail(RuleText rule, PathFrame? at, object? value, Exception? thrown = null) => Fail(rule, at, value, thrown?.GetType().FullName);

    /// <inheritdoc cref="Fail(RuleText, PathFrame?, object?, Exception?)"/>
    public void Fail(RuleText rule, PathFrame? at, object? value, string? thrown) => (_failures ??= []).Add(new(rule, at, value, thrown, null));

    /// <summary>Runs rules beside those that follow, in a place of their own in the order.</summary>
    public void Fork(Func<Walk, Task> rules)
    {
        var branch = new Walk(null, cancellationToken) { IsBranch = true, Run = Run, Lookups = Lookups };
        (_failures ??= []).Add(new(null, null, null, null, branch));
        (_beside ??= []).Add(RunAsync(rules, branch));
    }

    public bool HasFailed => _failures is not null;

    /// <summary>Waits for all that runs beside.</summary>
    public Task WhenAllAsync() => _beside is null ? Task.CompletedTask : Task.WhenAll(_beside);

    /// <summary>All that was found, in order. Once what runs beside has ended.</summary>
    public RawFailure[] ToArray()
    {
        if (_beside is null)
        {
            return _failures?.ToArray() ?? [];
        }

        return [.. _failures!.SelectMany(static failure => failure.Branch?.ToArray() ?? [failure])];
    }

    private async Task RunAsync(Func<Walk, Task> rules, Walk branch)
    {
        await places!.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await rules(branch).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
