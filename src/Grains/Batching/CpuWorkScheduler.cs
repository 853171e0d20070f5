using System.Collections.Concurrent;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Batching;

/// <summary>
/// Dedicated threads for work that computes, so that grains keep the thread pool to themselves. As many threads as
/// <see cref="ArmatureOptions.CpuThreads"/>; at most 1,024 pieces of work wait for each thread, and a caller above that waits.
/// Work must not block on other work of this scheduler.
/// </summary>
public sealed class CpuWorkScheduler : IDisposable
{
    private const int WaitingPerThread = 1024;

    [ThreadStatic]
    private static CpuWorkScheduler? t_current;

    private readonly BlockingCollection<Action> _work = [];
    private readonly SemaphoreSlim _room;

    /// <summary>Starts the threads.</summary>
    public CpuWorkScheduler(IOptions<ArmatureOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThreadCount = options.Value.CpuThreads;
        _room = new(ThreadCount * WaitingPerThread);
        for (var i = 0; i < ThreadCount; i++)
        {
            new Thread(RunWork) { IsBackground = true, Name = $"armature-cpu-{i}" }.Start();
        }
    }

    /// <summary>The number of threads.</summary>
    public int ThreadCount { get; }

    /// <summary>True on one of this scheduler's threads.</summary>
    public bool IsCurrentThread => t_current == this;

    /// <summary>Runs work on a dedicated thread. The token ends the wait for a thread; the work itself must look at it.</summary>
    /// <exception cref="ObjectDisposedException">The silo has stopped.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _room.WaitAsync(cancellationToken);
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Complete(completion, work, cancellationToken), CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(CpuWorkScheduler), "The silo has stopped and computes nothing more.");
        }

        return await completion.Task;
    }

    /// <summary>Takes no more work; what waits still runs, and the threads end after it.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void RunWork()
    {
        t_current = this;
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }

    private void Complete<T>(TaskCompletionSource<T> completion, Func<T> work, CancellationToken cancellationToken)
    {
        _room.Release();
        if (cancellationToken.IsCancellationRequested)
        {
            completion.TrySetCanceled(cancellationToken);
            return;
        }

        try
        {
            completion.TrySetResult(work());
        }
        catch (OperationCanceledException exception)
        {
            completion.TrySetCanceled(exception.CancellationToken);
        }
#pragma warning disable CA1031 // the exception is the caller's, who awaits it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            completion.TrySetException(exception);
        }
    }
}
