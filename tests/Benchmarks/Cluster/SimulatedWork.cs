using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>The work as a handler of ours, whose capacity is the silo's slots.</summary>
internal sealed class SimulatedWork(SiloSlots slots) : IBatchHandler<int, int>
{
    public const string Name = "simulated";

    public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
    {
        await slots.WorkAsync(item, cancellationToken);
        return item;
    }
}
