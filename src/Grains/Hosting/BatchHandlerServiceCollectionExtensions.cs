using Armature.Batching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the handlers of batches on a silo.</summary>
public static class BatchHandlerServiceCollectionExtensions
{
    /// <summary>Registers a handler that awaits.</summary>
    /// <typeparam name="THandler">Implements <see cref="IBatchHandler{TItem, TResult}"/>, once.</typeparam>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The name that callers use: 1 to 128 characters of a-z, A-Z, 0-9, '-', '_' and '.'.</param>
    /// <param name="configure">Capacity, timeout, attempts, lifetime.</param>
    /// <exception cref="ArgumentException">The name is not allowed, or the type is not a handler.</exception>
    public static IServiceCollection AddBatchHandler<THandler>(this IServiceCollection services, string name, Action<BatchHandlerOptions>? configure = null)
        where THandler : class =>
        Add(services, typeof(THandler), typeof(IBatchHandler<,>), typeof(ItemRunner<,,>), name, configure);

    /// <summary>Registers a handler that computes; its capacity is the silo's <c>CpuThreads</c>.</summary>
    /// <typeparam name="THandler">Implements <see cref="ICpuBatchHandler{TItem, TResult}"/>, once.</typeparam>
    /// <inheritdoc cref="AddBatchHandler{THandler}"/>
    public static IServiceCollection AddCpuBatchHandler<THandler>(this IServiceCollection services, string name, Action<BatchHandlerOptions>? configure = null)
        where THandler : class =>
        Add(services, typeof(THandler), typeof(ICpuBatchHandler<,>), typeof(CpuItemRunner<,,>), name, options =>
        {
            configure?.Invoke(options);
            options.Capacity = BatchCapacity.Cpu;
        });

    private static IServiceCollection Add(
        IServiceCollection services,
        Type handlerType,
        Type handlerInterface,
        Type runnerType,
        string name,
        Action<BatchHandlerOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        BatchName.ThrowIfInvalid(name);
        var implemented = handlerType.GetInterfaces()
            .Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == handlerInterface)
            .ToArray();
        if (implemented.Length != 1)
        {
            throw new ArgumentException($"{handlerType} implements {handlerInterface.Name} {implemented.Length} times; a handler implements it once.", nameof(handlerType));
        }

        var options = new BatchHandlerOptions();
        configure?.Invoke(options);
        var types = implemented[0].GetGenericArguments();
        services.Add(new ServiceDescriptor(handlerType, handlerType, options.Lifetime));
        return services.AddSingleton(new BatchHandlerRegistration(name, handlerType, types[0], types[1], runnerType.MakeGenericType(handlerType, types[0], types[1]), options));
    }
}
