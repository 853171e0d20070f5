namespace Armature.Batching;

/// <summary>
/// The work of a batch, for work that computes. It runs on the silo's dedicated threads (as many as <c>CpuThreads</c>),
/// never on the thread pool that grains use. Registered by name with <c>AddCpuBatchHandler</c>.
/// </summary>
/// <remarks>
/// The rules of <see cref="IBatchHandler{TItem, TResult}"/> hold. A computation that never looks at its token cannot be stopped:
/// its item is not reported, and its thread not freed, before it returns. Work that cannot be trusted to end belongs in a child process.
/// </remarks>
/// <typeparam name="TItem">An item; serializable by Orleans.</typeparam>
/// <typeparam name="TResult">A result; serializable by Orleans.</typeparam>
public interface ICpuBatchHandler<in TItem, out TResult>
{
    /// <summary>Handles one item on a dedicated thread.</summary>
    /// <param name="item">The item as the caller gave it.</param>
    /// <param name="context">Which batch, which item, which attempt.</param>
    /// <param name="cancellationToken">Cancelled when the batch is cancelled, when the item's time is over, or when the silo stops.</param>
    /// <exception cref="BatchItemException">Throw it to fail the item with a code of your own and without another attempt.</exception>
    TResult Handle(TItem item, BatchItemContext context, CancellationToken cancellationToken);
}
