using System.Globalization;
using Armature.Validation;

namespace Armature.Benchmarks;

/// <summary>A million records by rules that only compute: in this process, and through the engine of one silo, which has the same cores.</summary>
internal static class ManyCase
{
    private const int Records = 1_000_000;
    private const int Rounds = 5;

    private static readonly RuleSet<Sale> Rules = RuleSet.For<Sale>().Field(sale => sale.Amount, f => f.Positive()).Field(sale => sale.Customer, f => f.Min(0));

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        await using var silo = await BenchmarkSilo.StartAsync(services => services.AddRuleSet("sale", Rules));
        var sales = Enumerable.Range(0, Records).Select(i => new Sale(i, i % 100)).ToArray();
        return
        [
            new("many-in-process", "", null, await Measure.MedianAsync(Rounds, HereAsync), null, Rounds, string.Create(CultureInfo.InvariantCulture, $"{Records:N0} records, 2 rules, 1 % bad, all cores")),
            new("many-on-a-silo", "", null, await Measure.MedianAsync(Rounds, () => ThereAsync(silo.Client)), null, Rounds, "the same through the engine, client in the silo's process"),
            new("many-from-outside", "", null, await Measure.MedianAsync(Rounds, () => ThereAsync(silo.OutsideClient)), null, Rounds, "the same, client outside of the silo's process"),
        ];

        async Task HereAsync() => Check((await Rules.ValidateManyAsync(sales)).Count(static report => !report.IsValid));

        async Task ThereAsync(ArmatureClient client) => Check((await client.Validation.ValidateManyAsync("sale", sales)).Count(static item => !item.Value.IsValid));
    }

    private static void Check(int bad)
    {
        if (bad != Records / 100)
        {
            throw new InvalidOperationException($"{bad} are bad.");
        }
    }
}
