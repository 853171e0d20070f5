using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation;

public sealed class LookupRulesTests
{
    [Fact]
    public async Task ValidateManyAsync_AnyRecords_ReportsWhatARuleOfEachWould()
    {
        var amount = Gen.Int[0, 20];
        await Gen.Select(Gen.Select(amount, amount, Gen.Int[0, 3]).Array[0, 60], Gen.Bool, Gen.Int[1, 7]).SampleAsync(async (numbers, stops, maxValues) =>
        {
            var cascade = stops ? ValidationCascade.Stop : ValidationCascade.Continue;
            var source = new NumberSource();
            var lookup = source.Lookup(new() { MaxValues = maxValues });
            var byLookup = Rules(cascade, f => f.MustExistIn(lookup));
            var byRule = Rules(cascade, f => f.Must(value => value % 2 == 0, "exists").WithMessage("{Field} is not among numbers."));
            var orders = numbers.Select(n => new Order("a", n.Item1) { Previous = n.Item3 == 0 ? null : new("b", n.Item2) }).ToArray();

            var reports = await byLookup.ValidateManyAsync(orders);

            for (var i = 0; i < orders.Length; i++)
            {
                var expected = (await byRule.ValidateAsync(orders[i])).Failures;
                reports[i].Failures.ShouldBe(expected);
                (await byLookup.ValidateAsync(orders[i])).Failures.ShouldBe(expected);
                (await byLookup.ValidateParallelAsync(orders[i])).Failures.ShouldBe(expected);
            }
        });

        static RuleSet<Order> Rules(ValidationCascade cascade, Action<IFieldRules<Order, int>> exists)
        {
            var own = RuleSet.For<Order>().Field(order => order.Amount, f =>
            {
                f.Cascade(cascade).MustAsync(async (value, _) =>
                {
                    await Task.Yield();
                    return value != 3;
                });
                exists(f);
                f.Max(15);
            });
            return own.Nested(order => order.Previous, own.When(order => order.Amount > 5, some => some.Field(order => order.Amount, exists)));
        }
    }

    [Fact]
    public async Task ValidateManyAsync_ManyRecords_AsksForTheirDistinctValuesTogether()
    {
        var source = new NumberSource();
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.MustExistIn(source.Lookup()));

        await rules.ValidateManyAsync([.. Enumerable.Range(0, 10_000).Select(i => new Order(Amount: i % 100))]);

        source.Asked.Order().ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task ValidateAsync_OneObject_AsksForItsValue()
    {
        var source = new NumberSource();
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.MustExistIn(source.Lookup()));

        (await rules.ValidateAsync(new(Amount: 4))).IsValid.ShouldBeTrue();
        var failure = (await rules.ValidateParallelAsync(new(Amount: 5))).Failures.ShouldHaveSingleItem();

        failure.ToString().ShouldBe("amount: exists: amount is not among numbers.");
        failure.Value.ShouldBe("5");
        source.Asked.ShouldBe([4, 5]);
        rules.IsAsync.ShouldBeTrue();
    }

    [Fact]
    public async Task ValidateManyAsync_LookupFails_NeverReadsAsMissing()
    {
        var source = new NumberSource { Failures = int.MaxValue };
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.MustExistIn(source.Lookup(new() { MaxAttempts = 2, Backoff = TimeSpan.Zero })).WithCode("unknown_number").WithMessage("No."));

        var reports = await rules.ValidateManyAsync([new(Amount: 1), new(Amount: 2)]);

        reports.Select(report => report.Failures.ShouldHaveSingleItem().ToString()).ShouldAllBe(text => text == "amount: lookup_failed: amount could not be checked: the lookup numbers failed.");
        reports[0].Failures[0].Exception.ShouldBe("System.IO.IOException");
        source.Calls.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task MustExistIn_NoValue_IsKeptWithoutAQuestion()
    {
        var source = new NumberSource();
        var rules = RuleSet.For<NullableNumber>().Field(number => number.Value, f => f.MustExistIn(source.Lookup()));

        (await rules.ValidateAsync(new(null))).IsValid.ShouldBeTrue();
        (await rules.ValidateAsync(new(3))).IsValid.ShouldBeFalse();
        source.Asked.ShouldBe([3]);
    }

    [Fact]
    public async Task MustExistIn_Name_IsFoundInTheServices()
    {
        var services = new ServiceCollection()
            .AddSingleton(new HashSet<string> { "de", "fr" })
            .AddLookup<string>("countries", (services, values, _) => new(values.Where(services.GetRequiredService<HashSet<string>>().Contains).ToHashSet()))
            .BuildServiceProvider();
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustExistIn("countries"));

        (await rules.ValidateAsync(new("de"), new() { Services = services })).IsValid.ShouldBeTrue();
        (await rules.ValidateManyAsync([new("xx")], new() { Services = services }))[0].Failures.ShouldHaveSingleItem().Code.ShouldBe("exists");
    }

    [Fact]
    public async Task MustExistIn_NameThatIsNotRegistered_SaysWhatToDo()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustExistIn("countries"));

        var one = await Should.ThrowAsync<LookupNotFoundException>(rules.ValidateAsync(new("de")).AsTask());
        var many = await Should.ThrowAsync<LookupNotFoundException>(rules.ValidateManyAsync([new("de")]));

        one.Message.ShouldBe("There is no lookup 'countries' for System.String. Register it with AddLookup on every silo; where rules run elsewhere, give ValidationSettings.Services.");
        many.Message.ShouldBe(one.Message);
    }

    [Fact]
    public async Task ValidateManyAsync_CancelledWhileItAsks_Ends()
    {
        var gate = new Armature.Testing.Gate();
        using var cancellation = new CancellationTokenSource();
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.MustExistIn(new NumberSource { Gate = gate }.Lookup()));

        var validating = rules.ValidateManyAsync([new(), new()], null, cancellation.Token);
        await gate.WaitForEnteredAsync(1);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(validating);
    }

    [Theory]
    [InlineData("a b", 1)]
    [InlineData("ok", 0)]
    public void Lookup_BadNameOrOption_IsRefused(string name, int maxValues) => Should.Throw<Exception>(
        () => new Lookup<int>(name, (_, _) => new(new HashSet<int>()), new() { MaxValues = maxValues })).Message.ShouldNotBeEmpty();

    private sealed record NullableNumber(int? Value);
}
