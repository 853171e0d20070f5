using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Runs items of a handler that computes on the dedicated threads.</summary>
internal sealed class CpuItemRunner<THandler, TItem, TResult>(
    BatchHandlerRegistration registration,
    HandlerSource<THandler> handlers,
    ItemExecution<TItem, TResult> execution,
    CpuWorkScheduler scheduler)
    : IItemRunner
    where THandler : class, ICpuBatchHandler<TItem, TResult>
{
    private readonly bool _isScoped = registration.Options.Lifetime == ServiceLifetime.Scoped;

    public bool Computes => true;

    public ValueTask RunAsync(ChunkRun chunk, int position) => execution.RunAsync(chunk, position, HandleAsync);

    private ValueTask<TResult> HandleAsync(TItem item, BatchItemContext context, CancellationToken cancellationToken) =>
        scheduler.IsCurrentThread
            ? new(Handle(item, context, cancellationToken))
            : new(scheduler.RunAsync(() => Handle(item, context, cancellationToken), cancellationToken));

    private TResult Handle(TItem item, BatchItemContext context, CancellationToken cancellationToken)
    {
        if (!_isScoped)
        {
            return handlers.Shared.Handle(item, context, cancellationToken);
        }

        using var scope = handlers.CreateScope();
        return HandlerSource<THandler>.In(scope).Handle(item, context, cancellationToken);
    }
}
