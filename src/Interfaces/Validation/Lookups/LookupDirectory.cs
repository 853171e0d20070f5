using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation.Lookups;

/// <summary>Finds lookups that are registered by name.</summary>
internal static class LookupDirectory
{
    /// <exception cref="LookupNotFoundException">There is none.</exception>
    public static Lookup<TValue> Find<TValue>(string name, IServiceProvider? services)
        where TValue : notnull =>
        (services as IKeyedServiceProvider)?.GetKeyedService<Lookup<TValue>>(name) ?? throw new LookupNotFoundException(name, typeof(TValue));
}
