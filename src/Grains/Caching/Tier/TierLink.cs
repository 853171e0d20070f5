using Microsoft.Extensions.Logging;

namespace Armature.Caching.Tier;

/// <summary>
/// Whether the tier answers. One call that fails or takes too long ends all calls, so that nobody waits twice; from then on it is asked
/// once a second whether it is there again. Thread-safe.
/// </summary>
internal sealed partial class TierLink(ICacheTier tier, TierLimits limits, TimeProvider time, ILogger<TierLink> logger)
{
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(5);

    private volatile CacheTierException? _failure;

    public string Location => tier.Location;

    /// <summary>Why the tier is not asked; null while it answers.</summary>
    public CacheTierException? Failure => _failure;

    public bool IsOut => _failure is not null;

    /// <summary>Asks the tier.</summary>
    /// <exception cref="CacheTierException">It did not answer, now or before.</exception>
    public async Task<T> AskAsync<T>(Func<ICacheTier, CancellationToken, Task<T>> askAsync)
    {
        if (_failure is { } failure)
        {
            throw new CacheTierException(tier.Location, "it is not asked until it is there again.", failure);
        }

        try
        {
            return await TryAskAsync(askAsync);
        }
        catch (CacheTierException error)
        {
            Break(error);
            throw;
        }
    }

    /// <inheritdoc cref="AskAsync"/>
    public Task TellAsync(Func<ICacheTier, CancellationToken, Task> tellAsync) => AskAsync(async (asked, token) =>
    {
        await tellAsync(asked, token);
        return true;
    });

    /// <summary>Asks the tier whether it answers, with more patience: whatever is used for the first time takes longer.</summary>
    /// <exception cref="CacheTierException">It does not.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = new CancellationTokenSource(FirstTimeout, time);
        using var ended = limit.Token.Register(late.Cancel);
        try
        {
            await tier.PingAsync(late.Token).WaitAsync(late.Token);
            await tier.ReadAsync([new byte[] { 0 }], late.Token).WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new CacheTierException(tier.Location, $"it did not answer within {FirstTimeout}.");
        }
    }

    /// <summary>Looks whether the tier is there again.</summary>
    /// <returns>True when it answers.</returns>
    public async Task<bool> TryReturnAsync()
    {
        if (_failure is null)
        {
            return true;
        }

        try
        {
            await TryAskAsync(async (asked, token) =>
            {
                await asked.PingAsync(token);
                return true;
            });
        }
        catch (CacheTierException error)
        {
            _failure = error;
            return false;
        }

        _failure = null;
        LogBack(logger, tier.Location);
        return true;
    }

    private async Task<T> TryAskAsync<T>(Func<ICacheTier, CancellationToken, Task<T>> askAsync)
    {
        using var late = new CancellationTokenSource(limits.Timeout, time);
        try
        {
            return await askAsync(tier, late.Token).WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new CacheTierException(tier.Location, $"it did not answer within {limits.Timeout}.");
        }
    }

    private void Break(CacheTierException failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            CachingInstruments.OnTierLost();
            LogLost(logger, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} The cache works on from memory alone")]
    private static partial void LogLost(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cache's {Location} answers again")]
    private static partial void LogBack(ILogger logger, string location);
}
