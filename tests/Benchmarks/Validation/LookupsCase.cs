using System.Globalization;
using Armature.Validation;

namespace Armature.Benchmarks;

/// <summary>A million records whose customers are looked up on the silo, in calls of 10 ms each.</summary>
internal static class LookupsCase
{
    private const int Records = 1_000_000;
    private const int Rounds = 3;
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync() => [await RunAsync("lookups", 100_000), await RunAsync("lookups-all-different", Records)];

    private static async Task<BenchmarkCase> RunAsync(string name, int customers)
    {
        var calls = 0;
        await using var silo = await BenchmarkSilo.StartAsync(services => services
            .AddLookup<int>("customers", FindAsync)
            .AddRuleSet("sale", RuleSet.For<Sale>().Field(sale => sale.Amount, f => f.Positive()).Field(sale => sale.Customer, f => f.MustExistIn("customers"))));
        var sales = Enumerable.Range(0, Records).Select(i => new Sale(i % customers, 1)).ToArray();
        var time = await Measure.MedianAsync(Rounds, CheckAsync);
        return new(
            name,
            "",
            null,
            time,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Records:N0} records, {customers:N0} different values, {CallTime.TotalMilliseconds} ms a call: {calls / (Rounds + 1):N0} calls; one for each record would take {Records * CallTime.TotalSeconds / 8:N0} s with 8 at a time"));

        async Task CheckAsync()
        {
            var result = await silo.Client.Validation.ValidateManyAsync("sale", sales);
            if (result.Count(static item => !item.Value.IsValid) != sales.Count(static sale => !IsCustomer(sale.Customer)))
            {
                throw new InvalidOperationException("The sides do not agree.");
            }
        }

        async ValueTask<IReadOnlySet<int>> FindAsync(IServiceProvider services, IReadOnlyCollection<int> values, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref calls);
            await Task.Delay(CallTime, TimeProvider.System, cancellationToken);
            return values.Where(IsCustomer).ToHashSet();
        }
    }

    private static bool IsCustomer(int value) => value % 100 != 0;
}
