using System.Globalization;
using Armature.Validation;

namespace Armature.Benchmarks;

/// <summary>Rules in code: the guide's rows, and many objects; then files.</summary>
internal static class ValidationSuite
{
    private const int Rounds = 5;
    private const int Milliseconds = 10;

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() =>
    [
        await GuideAsync("guide-10-fields", 10, "2.9"),
        await GuideAsync("guide-20-fields", 20, "2.9"),
        await GuideAsync("guide-50-fields", 50, "4.0"),
        await ObjectsCase.RunAsync("objects-vs-fluentvalidation-0", isBad: false, atLeast: 4),
        await ObjectsCase.RunAsync("objects-vs-fluentvalidation-100", isBad: true, atLeast: 15),
        .. await FileCases.RunAsync(),
        .. await ManyCase.RunAsync(),
        .. await LookupsCase.RunAsync(),
    ];

    private static async Task<BenchmarkCase> GuideAsync(string name, int fields, string says)
    {
        var rules = Enumerable.Range(0, fields).Aggregate(RuleSet.For<string>(), static (rules, _) => rules.Self(f => f.MustAsync(WaitAsync)));
        var baseline = await Measure.MedianAsync(Rounds, async () => await rules.ValidateAsync("form"));
        var ours = await Measure.MedianAsync(Rounds, async () => await rules.ValidateParallelAsync("form"));
        var turns = Math.Ceiling((double)fields / ValidationLimits.DefaultConcurrency);
        return new(name, "the same rules, one after the other", baseline, ours, fields / turns, Rounds, string.Create(CultureInfo.InvariantCulture, $"{fields} rules of {Milliseconds} ms, {ValidationLimits.DefaultConcurrency} at once; the guide's {says} times"));
    }

    private static async Task<bool> WaitAsync(string form, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Milliseconds), TimeProvider.System, cancellationToken);
        return true;
    }
}
