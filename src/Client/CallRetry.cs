using Armature.Batching;
using Armature.Clustering;
using Orleans.Runtime;

namespace Armature;

/// <summary>
/// Repeats a call that may be repeated when it met a silo that is dying or a gateway that is gone, for 25 seconds at most. A killed
/// silo is known well before that; a frozen one, which may be this client's gateway, to the cluster after less than 15, to this client
/// 2 later, and a call that hangs in it ends after 5 more.
/// </summary>
internal sealed class CallRetry(TimeProvider time, TimeSpan longest)
{
    private static readonly TimeSpan UntilADeadSiloIsKnown = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan UntilADurableBatchGoesOn = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A process that was stopped, or a machine that slept, has not waited meanwhile: one attempt counts for no more than this.
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(15);

    public CallRetry(TimeProvider time)
        : this(time, UntilADeadSiloIsKnown)
    {
    }

    /// <summary>For calls to a durable batch, which another silo takes over, or its own after a restart: a minute at most.</summary>
    public CallRetry Patient { get => field ??= IsPatient ? this : new(time, UntilADurableBatchGoesOn); }

    /// <summary>True for calls to a durable batch.</summary>
    public bool IsPatient => longest == UntilADurableBatchGoesOn;

    /// <exception cref="CallUnansweredException">No attempt was answered.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var waited = TimeSpan.Zero;
        var since = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsPassing(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                waited += Min(time.GetElapsedTime(since), LongestAttempt);
                since = time.GetTimestamp();
                if (waited >= longest)
                {
                    throw new CallUnansweredException(attempt, waited, exception);
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="CallUnansweredException">No attempt was answered.</exception>
    public Task CallAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        CallAsync(
            async token =>
            {
                await call(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Calls once; a failure changes nothing for the caller.</summary>
    public static async Task TryAsync(Func<CancellationToken, Task> call)
    {
        try
        {
            await call(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BatchNotFoundException || IsPassing(exception))
        {
            // The batch is gone already, or will be after its retention time.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // A silo that looks for a grain while members come and go may give that up: then the cancellation is not the caller's.
    private static bool IsPassing(Exception exception) =>
        exception is BatchHandoverException or MembershipStaleException or SiloUnavailableException or OrleansMessageRejectionException or TimeoutException or OperationCanceledException or Orleans.Runtime.Messaging.ConnectionFailedException;
}
