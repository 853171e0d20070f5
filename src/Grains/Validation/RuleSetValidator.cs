using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Validation;

/// <summary>Checks records by rules in code.</summary>
internal sealed class RuleSetValidator<T>(RuleSet<T> rules, RuleSetOptions own, IGrainFactory grains, IServiceProvider services, TimeProvider time, IOptions<ArmatureOptions> options) : IRecordValidator<T>, IDisposable
{
    private readonly SemaphoreSlim _places = new(own.MaxConcurrency ?? options.Value.IoConcurrency);

    private readonly HashSet<string> _sensitive = [.. rules.SensitiveFields];

    /// <summary>Whether reports may show the value of a field, which is called by its member's name in camel case.</summary>
    public bool MayShow(string field) => !_sensitive.Contains(field) && !_sensitive.Contains("");

    public async ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<T> records, RecordContext context, CancellationToken cancellationToken)
    {
        var reports = new ValidationReport[records.Count];
        var run = new RecordRun(new() { Culture = context.Culture, Messages = own.Messages }, _places, new ClusterLookups(grains, services, time, context.Run));
        await rules.CheckAsync(records, (0, records.Count), reports, run, cancellationToken);
        return reports;
    }

    public void Dispose() => _places.Dispose();
}
