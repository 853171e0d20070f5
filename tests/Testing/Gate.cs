using System.Diagnostics.CodeAnalysis;

namespace Armature.Testing;

/// <summary>Holds handlers until a test lets them pass, and counts them. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is only awaited holds nothing to dispose of.")]
public sealed class Gate
{
    private readonly SemaphoreSlim _passes = new(0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _entered;
    private int _inside;

    /// <summary>How many have come to the gate.</summary>
    public int Entered => Volatile.Read(ref _entered);

    /// <summary>How many are at the gate now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Called by a handler: returns when a pass is there or the gate is open.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _entered);
        Interlocked.Increment(ref _inside);
        try
        {
            using var passed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_passes.WaitAsync(passed.Token), _open.Task);
            await passed.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <summary>Lets so many pass.</summary>
    public void Release(int count) => _passes.Release(count);

    /// <summary>Lets everybody pass from now on.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Waits until so many have come to the gate.</summary>
    public Task WaitForEnteredAsync(int count) =>
        Eventually.BecomesTrueAsync(() => Entered >= count, $"{count} have come to the gate");
}
