using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>No work at all: what is measured is the engine.</summary>
internal sealed class EmptyWork : IBatchHandler<int, int>
{
    public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) => new(item);
}

/// <summary>Waits for as many milliseconds as the item says.</summary>
internal class Waiting : IBatchHandler<int, int>
{
    public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(item), TimeProvider.System, cancellationToken);
        return item;
    }
}

/// <summary>Computes for as many milliseconds as the item says.</summary>
internal sealed class Computing : ICpuBatchHandler<int, int>
{
    public int Handle(int item, BatchItemContext context, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started).TotalMilliseconds < item && !cancellationToken.IsCancellationRequested)
        {
            Thread.SpinWait(100);
        }

        return item;
    }
}
