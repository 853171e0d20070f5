using System.ComponentModel.DataAnnotations;
using Armature.Batching;
using Armature.Hosting;
using Armature.Validation;
using Armature.Validation.Files;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers rules for records on a silo.</summary>
public static class ValidationServiceCollectionExtensions
{
    // Chunks of records that wait for something, and rules that wait at once for each of them: few rules at a time in many chunks would
    // keep every chunk from ending in its time.
    private const int MostWaitingChunks = 64;
    private const int RulesForChunk = 8;

    /// <summary>Registers rules, for callers who give their name.</summary>
    /// <typeparam name="T">The records. Written by the Orleans serializer: a type of your own needs <c>[GenerateSerializer]</c>.</typeparam>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The name that callers use: 1 to 119 characters of a-z, A-Z, 0-9, '-', '_' and '.', the last not '.'.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="configure">Messages, and what runs at once.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddRuleSet<T>(this IServiceCollection services, string name, RuleSet<T> rules, Action<RuleSetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var options = Configure(configure);
        return Add<T>(services, name, Create(_ => rules, options), rules.IsAsync ? WaitsFor(options.MaxConcurrency) : Computes);
    }

    /// <summary>Registers rules that need something of the container, such as a repository. Made once for a silo, at their first record.</summary>
    /// <inheritdoc cref="AddRuleSet{T}(IServiceCollection, string, RuleSet{T}, Action{RuleSetOptions})"/>
    public static IServiceCollection AddRuleSet<T>(this IServiceCollection services, string name, Func<IServiceProvider, RuleSet<T>> rules, Action<RuleSetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var options = Configure(configure);
        return Add<T>(services, name, Create(rules, options), WaitsFor(options.MaxConcurrency));
    }

    /// <summary>Registers what checks records otherwise than by a <see cref="RuleSet{T}"/>. Made once for a silo, at the first record.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The name that callers use, as with <see cref="AddRuleSet{T}(IServiceCollection, string, RuleSet{T}, Action{RuleSetOptions})"/>.</param>
    /// <param name="validator">Makes it.</param>
    /// <param name="maxConcurrency">What it does at once on one silo, where it waits; the fewer that is, the fewer chunks it is given at a time. Null where it has no such bound.</param>
    /// <exception cref="ArgumentException">The name is not allowed, or the number is not positive.</exception>
    public static IServiceCollection AddRecordValidator<T>(
        this IServiceCollection services, string name, Func<IServiceProvider, IRecordValidator<T>> validator, int? maxConcurrency = null)
    {
        ArgumentNullException.ThrowIfNull(validator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency ?? 1, nameof(maxConcurrency));
        return Add(services, name, validator, WaitsFor(maxConcurrency));
    }

    private static IServiceCollection Add<T>(IServiceCollection services, string name, Func<IServiceProvider, IRecordValidator<T>> validator, Action<BatchHandlerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddBatchHandler<RecordHandler<T>>(RuleSetName.ToHandler(name), configure);
        services.AddBatchHandler<FileRowsHandler<T>>(RuleSetName.ToFileHandler(name), options =>
        {
            configure(options);
            options.TailReissue = TailReissue.Off; // Parts may be passed by reference, and are given up with their first result.
        });
        services.TryAddSingleton<LocalChunks>();
        return services.AddKeyedSingleton(name, (provider, _) => validator(provider));
    }

    private static RuleSetOptions Configure(Action<RuleSetOptions>? configure)
    {
        var options = new RuleSetOptions();
        configure?.Invoke(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    private static Func<IServiceProvider, IRecordValidator<T>> Create<T>(Func<IServiceProvider, RuleSet<T>> rules, RuleSetOptions own) => services => new RuleSetValidator<T>(
        rules(services), own, services.GetRequiredService<IGrainFactory>(), services, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IOptions<ArmatureOptions>>());

    private static void Computes(BatchHandlerOptions options)
    {
        options.Capacity = BatchCapacity.CpuAndOne;
        options.TailReissue = TailReissue.On;
    }

    private static Action<BatchHandlerOptions> WaitsFor(int? maxConcurrency) => options =>
        options.Capacity = BatchCapacity.Fixed(Math.Clamp((maxConcurrency ?? int.MaxValue) / RulesForChunk, 1, MostWaitingChunks));
}
