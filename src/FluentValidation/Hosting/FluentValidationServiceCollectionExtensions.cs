using Armature.Hosting;
using Armature.Validation;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers validators of FluentValidation on a silo.</summary>
public static class FluentValidationServiceCollectionExtensions
{
    /// <summary>
    /// Registers a validator as it is, for callers of <c>client.Validation.ValidateManyAsync</c> who give its name. A silo makes as many instances as it
    /// has chunks of records at work, from its own container: inject <see cref="IServiceScopeFactory"/> for what is scoped.
    /// </summary>
    /// <typeparam name="T">The records. Written by the Orleans serializer: a type of your own needs <c>[GenerateSerializer]</c>.</typeparam>
    /// <typeparam name="TValidator">The validator. Its rules outside of rule sets are checked.</typeparam>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The name that callers use: 1 to 119 characters of a-z, A-Z, 0-9, '-', '_' and '.', the last not '.'.</param>
    /// <param name="maxConcurrency">Records that are checked at once on one silo, where rules wait; null for its <c>IoConcurrency</c> (512).</param>
    /// <exception cref="ArgumentException">The name is not allowed, or the number is not positive.</exception>
    public static IServiceCollection AddFluentValidator<T, TValidator>(this IServiceCollection services, string name, int? maxConcurrency = null)
        where TValidator : class, IValidator<T> => services.AddRecordValidator(
            name,
            provider => new FluentRecordValidator<T>(
                () => ActivatorUtilities.CreateInstance<TValidator>(provider),
                maxConcurrency ?? provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.IoConcurrency),
            maxConcurrency);
}
