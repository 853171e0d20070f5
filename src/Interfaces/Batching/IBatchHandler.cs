namespace Armature.Batching;

/// <summary>
/// The work of a batch, for work that awaits (I/O, other services). Registered by name on the silos with <c>AddBatchHandler</c>.
/// </summary>
/// <remarks>
/// One instance serves a whole silo, many items at once, unless it is registered as scoped; it must be thread-safe.
/// An item is delivered at least once: it runs again when it throws (up to the batch's attempts), or when the silo that ran it dies.
/// With <see cref="TailReissue.On"/> the same item may also run twice at the same time.
/// </remarks>
/// <typeparam name="TItem">An item; serializable by Orleans.</typeparam>
/// <typeparam name="TResult">A result; serializable by Orleans.</typeparam>
public interface IBatchHandler<in TItem, TResult>
{
    /// <summary>Handles one item.</summary>
    /// <param name="item">The item as the caller gave it.</param>
    /// <param name="context">Which batch, which item, which attempt.</param>
    /// <param name="cancellationToken">Cancelled when the batch is cancelled, when the item's time is over, or when the silo stops.</param>
    /// <exception cref="BatchItemException">Throw it to fail the item with a code of your own and without another attempt.</exception>
    ValueTask<TResult> HandleAsync(TItem item, BatchItemContext context, CancellationToken cancellationToken);
}
