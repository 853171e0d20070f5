using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Where handlers come from: one for the silo, made at its first item, or one in a scope.</summary>
internal sealed class HandlerSource<THandler>(IServiceProvider services)
    where THandler : class
{
    private readonly Lazy<THandler> _shared = new(services.GetRequiredService<THandler>);

    public THandler Shared => _shared.Value;

    public AsyncServiceScope CreateScope() => services.CreateAsyncScope();

    public static THandler In(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<THandler>();
}
