using System.ComponentModel.DataAnnotations;
using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Armature.Batching;

/// <summary>The handlers of this silo by name. Made once; wrong registrations are all named in one message.</summary>
internal sealed class BatchHandlerRegistry
{
    private readonly Dictionary<string, BatchHandler> _handlers = new(StringComparer.Ordinal);

    public BatchHandlerRegistry(IEnumerable<BatchHandlerRegistration> registrations, IServiceProvider services, IOptions<ArmatureOptions> options)
    {
        var wrong = new List<string>();
        foreach (var registration in registrations)
        {
            wrong.AddRange(Check(registration));
            var runner = (IItemRunner)ActivatorUtilities.CreateInstance(services, registration.RunnerType, registration);
            if (!_handlers.TryAdd(registration.Name, new BatchHandler(registration, runner, options.Value)))
            {
                wrong.Add($"Batch handler '{registration.Name}' is registered twice.");
            }
        }

        if (wrong.Count > 0)
        {
            throw new OptionsValidationException(nameof(BatchHandlerOptions), typeof(BatchHandlerOptions), wrong);
        }
    }

    public IEnumerable<string> Names => _handlers.Keys.Order(StringComparer.Ordinal);

    public BatchHandler? Find(string name) => _handlers.GetValueOrDefault(name);

    private static IEnumerable<string> Check(BatchHandlerRegistration registration)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(registration.Options, new ValidationContext(registration.Options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"Batch handler '{registration.Name}': {result.ErrorMessage}";
        }

        if (registration.Options.Lifetime is not (ServiceLifetime.Singleton or ServiceLifetime.Scoped))
        {
            yield return $"Batch handler '{registration.Name}': Lifetime must be Singleton or Scoped.";
        }
    }
}
