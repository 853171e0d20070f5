using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Runs items of a handler that awaits.</summary>
internal sealed class ItemRunner<THandler, TItem, TResult>(
    BatchHandlerRegistration registration,
    HandlerSource<THandler> handlers,
    ItemExecution<TItem, TResult> execution)
    : IItemRunner
    where THandler : class, IBatchHandler<TItem, TResult>
{
    private readonly bool _isScoped = registration.Options.Lifetime == ServiceLifetime.Scoped;

    public bool Computes => false;

    public ValueTask RunAsync(ChunkRun chunk, int position) => execution.RunAsync(chunk, position, HandleAsync);

    private ValueTask<TResult> HandleAsync(TItem item, BatchItemContext context, CancellationToken cancellationToken) =>
        _isScoped
            ? HandleInScopeAsync(item, context, cancellationToken)
            : handlers.Shared.HandleAsync(item, context, cancellationToken);

    private async ValueTask<TResult> HandleInScopeAsync(TItem item, BatchItemContext context, CancellationToken cancellationToken)
    {
        await using var scope = handlers.CreateScope();
        return await HandlerSource<THandler>.In(scope).HandleAsync(item, context, cancellationToken);
    }
}
