using System.Globalization;
using Armature.Testing;
using Armature.Validation.Lookups;
using CsCheck;

namespace Armature.Validation;

public sealed class ManyRecordsTests
{
    [Fact]
    public async Task ValidateManyAsync_AnyRulesAndObjects_ReportsWhatValidateAsyncDoes()
    {
        await Gen.Select(RandomRules.GenSet, RandomRules.GenOrder.Array[0, 30], Gen.Int[1, 4]).SampleAsync(async (rules, orders, places) =>
        {
            var reports = await rules.ValidateManyAsync(orders, new() { MaxConcurrency = places });

            await ShouldBeThoseOfEachAsync(reports, orders, rules);
        });
    }

    [Fact]
    public async Task CheckAsync_AnyRange_ReportsThatAndNothingElse()
    {
        await Gen.Select(RandomRules.GenSet, RandomRules.GenOrder.Array[1, 30], Gen.Int[0, 30], Gen.Int[0, 30]).SampleAsync(async (rules, orders, from, count) =>
        {
            from %= orders.Length;
            var to = Math.Min(orders.Length, from + count);
            var reports = new ValidationReport[orders.Length];
            using var places = new SemaphoreSlim(3);

            await rules.CheckAsync(orders, (from, to), reports, new(new(), places, new LocalLookups(null)), CancellationToken.None);

            await ShouldBeThoseOfEachAsync(reports[from..to], orders[from..to], rules);
            reports[..from].Concat(reports[to..]).ShouldAllBe(report => report == null);
        });
    }

    [Fact]
    public async Task ValidateManyAsync_RulesThatWait_RunForSeveralObjectsAtOnceAndKeepToTheBound()
    {
        var gate = new Gate();
        var (running, most) = (0, 0);
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustAsync(async (_, token) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await gate.PassAsync(token);
            Interlocked.Decrement(ref running);
            return true;
        }));

        var validating = rules.ValidateManyAsync([.. Enumerable.Repeat(new Order(), 50)], new() { MaxConcurrency = 5 });
        await gate.WaitForEnteredAsync(5);
        gate.Open();

        (await validating).Count.ShouldBe(50);
        most.ShouldBe(5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ValidateManyAsync_NullAmongObjects_IsMissing(bool isAsync)
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.NotEmpty());
        rules = isAsync ? rules.Self(f => f.MustAsync((_, _) => Task.FromResult(true))) : rules;

        var reports = await rules.ValidateManyAsync([new(), null!, new("")]);

        reports.Select(report => string.Join(' ', report.Failures)).ShouldBe(["", ": required: The value is missing.", "email: not_empty: email must not be empty."]);
    }

    [Fact]
    public async Task ValidateManyAsync_None_ReportsNothing() => (await RuleSet.For<Order>().ValidateManyAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task ValidateManyAsync_Culture_IsTheCallers()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new(before.Name) { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            var reports = await RuleSet.For<Item>().Field(item => item.Price, f => f.Max(0.5m)).ValidateManyAsync([new("a", 1)]);

            CultureInfo.CurrentUICulture = before;
            reports[0].Failures[0].Message.ShouldBe("price must be 0,5 or less.");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ValidateManyAsync_Cancelled_Ends(bool isAsync)
    {
        using var cancellation = new CancellationTokenSource();
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Must(_ => Cancel()));
        rules = isAsync ? rules.Self(f => f.MustAsync((_, _) => Task.FromResult(true))) : rules;

        var validating = rules.ValidateManyAsync([.. Enumerable.Repeat(new Order(), 10_000)], null, cancellation.Token);

        await Should.ThrowAsync<OperationCanceledException>(validating);

        bool Cancel()
        {
            cancellation.Cancel();
            return true;
        }
    }

    private static async Task ShouldBeThoseOfEachAsync(IReadOnlyList<ValidationReport> reports, Order[] orders, RuleSet<Order> rules)
    {
        reports.Count.ShouldBe(orders.Length);
        foreach (var (i, order) in orders.Index())
        {
            reports[i].Failures.ShouldBe((await rules.ValidateAsync(order)).Failures);
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        while (Volatile.Read(ref most) is var seen && seen < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // Another was quicker: compare again.
        }
    }
}
