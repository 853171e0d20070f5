using Orleans.Concurrency;

namespace Armature.Batching;

/// <remarks>
/// The number in the attribute is a constant of the grain manifest and serves only as a ceiling: how many work at a time
/// is the handler's capacity, which <see cref="HandlerQueue"/> keeps. Idle workers go after a while.
/// </remarks>
[StatelessWorker(4096)]
internal sealed class BatchWorkerGrain(Node node, CpuWorkScheduler scheduler, TimeProvider time) : Grain, IBatchWorkerGrain
{
    /// <summary>After this long in one turn, or on one dedicated thread, others get theirs.</summary>
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(20);

    public async Task WorkAsync()
    {
        var queue = node.Queue(this.GetPrimaryKeyString());
        while (true)
        {
            var (running, isEmpty) = queue.Handler.Computes
                ? await scheduler.RunAsync(() => RunWhileSynchronous(queue), CancellationToken.None)
                : RunWhileSynchronous(queue);
            if (isEmpty)
            {
                return;
            }

            if (!running.IsCompleted)
            {
                node.StartWorkers(queue, most: 2);
            }

            await running;
            await Task.Yield();
        }
    }

    /// <summary>Runs items until one has to be awaited, none is left, or the quantum is over.</summary>
    private (ValueTask Running, bool IsEmpty) RunWhileSynchronous(HandlerQueue queue)
    {
        var started = time.GetTimestamp();
        do
        {
            if (!queue.TryTake(out var chunk, out var position))
            {
                return (ValueTask.CompletedTask, true);
            }

            var running = queue.Handler.Runner.RunAsync(chunk, position);
            if (!running.IsCompletedSuccessfully)
            {
                return (running, false);
            }
        }
        while (time.GetElapsedTime(started) < Quantum);

        return (ValueTask.CompletedTask, false);
    }
}
