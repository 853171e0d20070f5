using Armature.Batching;

namespace Examples.Batching;

/// <summary>Fails at first, as services do. What a handler throws is tried again; the attempt tells which try it is.</summary>
public sealed class Unreliable : IBatchHandler<int, int>
{
    public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) =>
        context.Attempt <= item
            ? throw new IOException("The service did not answer.")
            : ValueTask.FromResult(context.Attempt);
}
