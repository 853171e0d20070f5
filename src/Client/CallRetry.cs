using System.Runtime.ExceptionServices;
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

    /// <summary>When an attempt begins, for <see cref="RepeatAsync"/>.</summary>
    public long Now => time.GetTimestamp();

    /// <exception cref="CallUnansweredException">No attempt was answered.</exception>
    public Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(call, attempt: 1, TimeSpan.Zero, Now, cancellationToken);

    /// <summary>Repeats a call whose first attempt failed; where that is not passing, throws what it failed with.</summary>
    /// <param name="call">The next attempts.</param>
    /// <param name="failure">What the first one failed with.</param>
    /// <param name="since">When it began, as <see cref="Now"/> said.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="CallUnansweredException">No attempt was answered.</exception>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, Exception failure, long since, CancellationToken cancellationToken)
    {
        if (!IsPassing(failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var waited = Count(TimeSpan.Zero, 1, failure, ref since, cancellationToken);
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return await RunAsync(call, attempt: 2, waited, since, cancellationToken).ConfigureAwait(false);
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

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, int attempt, TimeSpan waited, long since, CancellationToken cancellationToken)
    {
        for (; ; attempt++)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsPassing(exception))
            {
                waited = Count(waited, attempt, exception, ref since, cancellationToken);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Adds what an attempt took; throws when it was the last.
    private TimeSpan Count(TimeSpan waited, int attempt, Exception failure, ref long since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        waited += Min(time.GetElapsedTime(since), LongestAttempt);
        since = time.GetTimestamp();
        return waited < longest ? waited : throw new CallUnansweredException(attempt, waited, failure);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // A silo that looks for a grain while members come and go may give that up: then the cancellation is not the caller's.
    private static bool IsPassing(Exception exception) =>
        exception is BatchHandoverException or MembershipStaleException or SiloUnavailableException or OrleansMessageRejectionException or TimeoutException or OperationCanceledException or Orleans.Runtime.Messaging.ConnectionFailedException;
}
