using System.Diagnostics.CodeAnalysis;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Armature.Clustering;

/// <summary>
/// Keeps the membership lease of this silo: asks the others, four times within its duration, whether they count this silo in. Silos
/// that do not answer are not waited for as long as enough others do, so that one dead silo costs no other its lease.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer.")]
internal sealed partial class LeaseKeeper(
    MembershipLease lease,
    IWitnesses witnesses,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<LeaseKeeper> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly TimeSpan _duration = options.Value.Cluster.Membership.LeaseDuration;
    private readonly CancellationTokenSource _stop = new();
    private LeaseTime? _becoming;
    private Task _keeping = Task.CompletedTask;
    private bool _isLost;

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(LeaseKeeper), ServiceLifecycleStage.BecomeActive - 1, OnBecomingActiveAsync);
        observer.Subscribe(nameof(LeaseKeeper), ServiceLifecycleStage.BecomeActive + 1, OnActiveAsync, OnStopAsync);
    }

    private Task OnBecomingActiveAsync(CancellationToken cancellationToken)
    {
        _becoming = LeaseTime.Now(time);
        return Task.CompletedTask;
    }

    private Task OnActiveAsync(CancellationToken cancellationToken)
    {
        lease.Begin(_becoming!);
        _keeping = Task.Run(() => KeepAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task OnStopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _keeping;
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var period = new PeriodicTimer(_duration / 4, time);
        try
        {
            do
            {
                await RenewAsync(cancellationToken);
            }
            while (await period.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var begun = LeaseTime.Now(time);
        using var patience = new CancellationTokenSource(_duration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        if (await witnesses.CountUsInAsync(either.Token))
        {
            lease.Prove(begun);
            await ConfirmAsync(either.Token);
        }

        cancellationToken.ThrowIfCancellationRequested();
        Report();
    }

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (!lease.AwaitsConfirmation)
        {
            return;
        }

        try
        {
            if (await witnesses.TableCountsUsInAsync(cancellationToken))
            {
                lease.Confirm();
            }
        }
#pragma warning disable CA1031 // a table that cannot be read confirms nothing; the next round asks again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotConfirmed(logger, exception);
        }
    }

    private void Report()
    {
        if (_isLost == !lease.IsHeld)
        {
            return;
        }

        _isLost = !_isLost;
        if (_isLost)
        {
            LogLost(logger, lease.Age);
        }
        else
        {
            LogRegained(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "For {Age} the other silos have not confirmed that this one is a member: it was frozen or cut off, or they were. Calls that need it as a member are refused until they do; callers try again")]
    private static partial void LogLost(ILogger logger, TimeSpan age);

    [LoggerMessage(Level = LogLevel.Information, Message = "The other silos confirm again that this one is a member: it answers all calls as before")]
    private static partial void LogRegained(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The membership table could not be read to confirm that this silo is a member")]
    private static partial void LogNotConfirmed(ILogger logger, Exception exception);
}
