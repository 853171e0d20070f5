using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Armature.Caching.Tier;

/// <summary>
/// Whether the tier answers. One call that fails or takes too long ends all calls, so that nobody waits twice; from then on it is asked
/// once a second whether it is there again. Thread-safe.
/// </summary>
internal sealed class TierLink(ICacheTier tier, TierLimits limits, TimeProvider time, ILogger<TierLink> logger)
{
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(5);

    // What is wrong may become something else during an outage.
    private static readonly TimeSpan ExplainPeriod = TimeSpan.FromSeconds(10);

    private readonly TierOutageLog _log = new(time, logger);
    private volatile TierOutage? _outage;
    private Task _explaining = Task.CompletedTask;
    private long _explainedAt;

    public string Location => tier.Location;

    /// <summary>Why the tier is not asked, and since when; null while it answers.</summary>
    public TierOutage? Outage => _outage;

    public bool IsOut => _outage is not null;

    /// <summary>Asks the tier.</summary>
    /// <exception cref="CacheTierException">It did not answer, now or before.</exception>
    public async Task<T> AskAsync<T>(Func<ICacheTier, CancellationToken, Task<T>> askAsync)
    {
        if (_outage is { } outage)
        {
            throw new CacheTierException(tier.Location, "it is not asked until it is there again.", outage.Error) { Fault = outage.Error.Fault };
        }

        try
        {
            return await TryAskAsync(askAsync, limits.Timeout, CancellationToken.None);
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
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryAskAsync(
                async (asked, token) =>
                {
                    await asked.PingAsync(token);
                    return await asked.ReadAsync([new byte[] { 0 }], token);
                },
                FirstTimeout,
                cancellationToken);
        }
        catch (CacheTierException error)
        {
            Break(error);
        }
    }

    /// <summary>Looks whether the tier is there again. For one caller at a time.</summary>
    /// <returns>True when it answers.</returns>
    public async Task<bool> TryReturnAsync()
    {
        if (_outage is not { } outage)
        {
            return true;
        }

        await Volatile.Read(ref _explaining);
        try
        {
            await TryAskAsync(
                async (asked, token) =>
                {
                    await asked.PingAsync(token);
                    return true;
                },
                limits.Timeout,
                CancellationToken.None);
        }
        catch (CacheTierException error)
        {
            await StayOutAsync(outage, error);
            return false;
        }

        _outage = null;
        _log.OnBack(tier.Location);
        return true;
    }

    private async Task<T> TryAskAsync<T>(Func<ICacheTier, CancellationToken, Task<T>> askAsync, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await askAsync(tier, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new CacheTierException(tier.Location, string.Create(CultureInfo.InvariantCulture, $"it did not answer within {timeout.TotalSeconds} s."))
            {
                Fault = CacheTierFault.NoAnswer,
            };
        }
    }

    private void Break(CacheTierException error)
    {
        var outage = new TierOutage(error, time.GetUtcNow());
        if (Interlocked.CompareExchange(ref _outage, outage, null) is null)
        {
            _log.OnLost();
            Volatile.Write(ref _explaining, BeginAsync(outage));
        }
    }

    private async Task BeginAsync(TierOutage outage)
    {
        await ExplainAsync(outage);
        CachingInstruments.OnTierLost((_outage ?? outage).Error.Fault);
    }

    private async Task StayOutAsync(TierOutage outage, CacheTierException error)
    {
        if (!IsVague(error) || time.GetElapsedTime(_explainedAt) >= ExplainPeriod)
        {
            await ExplainAsync(outage with { Error = error });
        }

        _log.Tell((_outage ?? outage).Error.Message);
    }

    // It is known that there is no answer, and not why.
    private static bool IsVague(CacheTierException error) => error.Fault is CacheTierFault.NoAnswer or CacheTierFault.Unreachable;

    private async Task ExplainAsync(TierOutage outage)
    {
        if (IsVague(outage.Error))
        {
            outage = outage with { Error = await FindProblemAsync() ?? outage.Error };
            _explainedAt = time.GetTimestamp();
        }

        _outage = outage;
        _log.Tell(outage.Error.Message);
    }

    private async Task<CacheTierException?> FindProblemAsync()
    {
        try
        {
            return await TryAskAsync((asked, token) => asked.FindProblemAsync(token), FirstTimeout, CancellationToken.None);
        }
        catch (CacheTierException)
        {
            return null;
        }
    }
}
