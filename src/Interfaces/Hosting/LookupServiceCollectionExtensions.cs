using Armature.Validation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the lookups that rules ask.</summary>
public static class LookupServiceCollectionExtensions
{
    /// <summary>Registers a lookup under its name: on every silo, for rules that are checked on the cluster.</summary>
    /// <param name="services">The services.</param>
    /// <param name="lookup">The lookup.</param>
    public static IServiceCollection AddLookup<TValue>(this IServiceCollection services, Lookup<TValue> lookup)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(lookup);
        return services.AddKeyedSingleton(lookup.Name, lookup);
    }

    /// <summary>Registers a lookup that needs something of the container, such as a database context: each call has a scope of its own.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its name, which rules say with <c>MustExistIn("name")</c>.</param>
    /// <param name="find">Gives those of the values that there are, as in <see cref="Lookup{TValue}"/>.</param>
    /// <param name="configure">How it is asked.</param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddLookup<TValue>(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IReadOnlyCollection<TValue>, CancellationToken, ValueTask<IReadOnlySet<TValue>>> find,
        Action<LookupOptions>? configure = null)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(find);
        var options = new LookupOptions();
        configure?.Invoke(options);
        _ = new Lookup<TValue>(name, static (_, _) => throw new NotSupportedException(), options);
        return services.AddKeyedSingleton(name, (provider, _) => new Lookup<TValue>(name, (values, cancellationToken) => FindInScopeAsync(provider, find, values, cancellationToken), options));
    }

    private static async ValueTask<IReadOnlySet<TValue>> FindInScopeAsync<TValue>(
        IServiceProvider services,
        Func<IServiceProvider, IReadOnlyCollection<TValue>, CancellationToken, ValueTask<IReadOnlySet<TValue>>> find,
        IReadOnlyCollection<TValue> values,
        CancellationToken cancellationToken)
    {
        var scope = services.CreateAsyncScope();
        await using var _ = scope.ConfigureAwait(false);
        return await find(scope.ServiceProvider, values, cancellationToken).ConfigureAwait(false);
    }
}
